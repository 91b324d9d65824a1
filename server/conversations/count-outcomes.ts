import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** How many messages of a line ended how; see `line_hour`. */
export interface Outcomes {
  readonly sent?: number
  readonly failed?: number
  readonly unknown?: number
  readonly returned?: number
}

/** Adds to this hour's counts of a line. In a transaction it comes last: every message of the line meets this one row. */
export async function countOutcomes(
  db: Tx | Deps['db'],
  { workspaceId, channelId }: { readonly workspaceId: number; readonly channelId: number },
  { sent = 0, failed = 0, unknown = 0, returned = 0 }: Outcomes,
): Promise<void> {
  if (sent + failed + unknown + returned === 0) return
  await sql`
    insert into line_hour as known (workspace_id, channel_id, hour, sent, failed, unknown, returned)
    values (${workspaceId}, ${channelId}, date_trunc('hour', now()), ${sent}, ${failed}, ${unknown}, ${returned})
    on conflict (workspace_id, channel_id, hour) do update set sent = known.sent + excluded.sent,
      failed = known.failed + excluded.failed, unknown = known.unknown + excluded.unknown,
      returned = known.returned + excluded.returned`.execute(db)
}
