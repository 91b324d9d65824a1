import { sql, type RawBuilder } from 'kysely'
import { visibilityOf } from '#contract/policy.ts'
import type { Actor } from '../http/endpoint.ts'

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
