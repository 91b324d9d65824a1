import { sql } from 'kysely'
import type { Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** Addresses of pictures end after some days, and people change their names. */
export const freshFor = sql`interval '3 days'`

/** Has the provider asked who somebody is, unless it was lately. */
export async function askProfile(
  tx: Tx,
  deps: Pick<Deps, 'jobs'>,
  { workspaceId }: Pick<Line, 'workspaceId'>,
  contactChannelId: number,
): Promise<void> {
  const { rows } = await sql`
    select from contact_channel where workspace_id = ${workspaceId} and id = ${contactChannelId}
      and (profile_asked_at is null or profile_asked_at < now() - ${freshFor})`.execute(tx)
  if (rows.length > 0) await deps.jobs.enqueue(tx, 'fetch-profile', { workspaceId, contactChannelId })
}
