import { sql, type RawBuilder } from 'kysely'
import type { OptOut } from '#contract/contacts.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/** Does the contact want nothing at all by this channel, or by any? A condition on expressions of a statement. */
export const optedOut = (
  workspaceId: number,
  contactId: RawBuilder<unknown>,
  channelId: RawBuilder<unknown>,
): RawBuilder<boolean> => sql`exists (
  select from contact part join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
  where part.workspace_id = ${workspaceId} and (part.id = ${contactId} or part.root_id = ${contactId})
    and o.channel_id in (0, ${channelId}) and not o.marketing)`

/**
 * What the live contact, or any that it has absorbed, does not want by this channel: nothing at all, or no advertising; the
 * strictest of what stands. Whoever sends asks with its state locked.
 */
export async function optedOutOf(
  db: Reader | Tx,
  workspaceId: number,
  contactId: number,
  channelId: number,
): Promise<OptOut['scope'] | null> {
  const { rows } = await sql<{ marketing: boolean | null }>`
    select bool_and(o.marketing) as marketing
    from contact part join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
    where part.workspace_id = ${workspaceId} and (part.id = ${contactId} or part.root_id = ${contactId})
      and o.channel_id in (0, ${channelId})`.execute(db)
  const { marketing } = rows[0]!
  return marketing === null ? null : marketing ? 'marketing' : 'all'
}
