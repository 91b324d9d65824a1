import { sql, type RawBuilder, type Selectable } from 'kysely'
import { visibilityOf } from '#contract/policy.ts'
import type { ContactState } from '../db/tables.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** The condition on `contact_state s` that leaves the contacts this member sees; names the workspace too. */
export function visibleContacts(actor: Actor): RawBuilder<boolean> {
  const visibility = visibilityOf(actor)
  const here = sql<boolean>`s.workspace_id = ${actor.workspaceId}`
  switch (visibility.kind) {
    case 'all':
      return here
    case 'mine':
      return sql`(${here} and s.assignee_id = ${visibility.memberId})`
    case 'team':
      return visibility.teamId === null
        ? sql`false`
        : sql`(${here} and s.assignee_id is not null and s.team_id = ${visibility.teamId})`
  }
}

/**
 * The hot row of a contact, for a member who sees it; an absorbed id answers with the survivor's. Nobody else learns that
 * the contact exists: they fail with NOT_FOUND. `lock` holds the row until the transaction ends.
 */
export async function requireVisible(
  db: Reader | Tx,
  actor: Actor,
  contactId: number,
  { lock = false }: { lock?: boolean } = {},
): Promise<Selectable<ContactState>> {
  const query = db
    .selectFrom('contact_state as s')
    .selectAll('s')
    .where('s.workspace_id', '=', actor.workspaceId)
    .where('s.contact_id', '=', (eb) =>
      eb
        .selectFrom('contact')
        .select((root) => root.fn.coalesce('root_id', 'id').as('id'))
        .where('workspace_id', '=', actor.workspaceId)
        .where('id', '=', contactId),
    )
    .where(visibleContacts(actor))
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) ?? fail('NOT_FOUND')
}
