import { sql, type RawBuilder } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'

/** Does the contact not want to be written to by this channel, or by any? A condition on expressions of a statement. */
export const optedOut = (
  workspaceId: number,
  contactId: RawBuilder<unknown>,
  channelId: RawBuilder<unknown>,
): RawBuilder<boolean> => sql`exists (
  select from contact part join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
  where part.workspace_id = ${workspaceId} and (part.id = ${contactId} or part.root_id = ${contactId})
    and o.channel_id in (0, ${channelId}))`

/** The same, asked now: of the live contact, or of any that it has absorbed. Whoever sends asks with its state locked. */
export async function hasOptedOut(
  db: Reader | Tx,
  workspaceId: number,
  contactId: number,
  channelId: number,
): Promise<boolean> {
  const { rows } = await sql<{ out: boolean }>`
    select ${optedOut(workspaceId, sql`${contactId}::bigint`, sql`${channelId}::bigint`)} as out`.execute(db)
  return rows[0]!.out
}
