import { sql, type RawBuilder } from 'kysely'
import type { OptOut } from '#contract/contacts.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

type Scope = OptOut['scope']

/**
 * What a live contact, or any that it has absorbed, does not want by a channel: nothing at all, or no advertising; the strictest
 * of what stands, null where nothing does. An expression of a statement.
 */
export const optOutScope = (
  workspaceId: number,
  contactId: RawBuilder<unknown>,
  channelId: RawBuilder<unknown>,
): RawBuilder<Scope | null> => sql`(
  select case when bool_and(o.marketing) then 'marketing' else 'all' end
  from contact part join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
  where part.workspace_id = ${workspaceId} and (part.id = ${contactId} or part.root_id = ${contactId})
    and o.channel_id in (0, ${channelId})
  having count(*) > 0)`

/** The same, asked now. Whoever sends asks with the contact's state locked. */
export async function findOptOutScope(
  db: Reader | Tx,
  workspaceId: number,
  contactId: number,
  channelId: number,
): Promise<Scope | null> {
  const { rows } = await sql<{ scope: Scope | null }>`
    select ${optOutScope(workspaceId, sql`${contactId}::bigint`, sql`${channelId}::bigint`)} as scope`.execute(db)
  return rows[0]!.scope
}
