import { sql, type Selectable } from 'kysely'
import { sees } from '#contract/policy.ts'
import { prepared } from '../db/prepared.ts'
import type { ContactState } from '../db/tables.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

export type RootState = Selectable<ContactState> & { readonly blocked_at: Date | null }

/** Of `contact_state state`, all of them. */
export const stateColumns = sql.raw<never>(
  [
    'workspace_id',
    'contact_id',
    'conversation_id',
    'status',
    'assignee_id',
    'team_id',
    'live',
    'last_message_id',
    'last_message_at',
    'last_in_id',
    'last_channel_id',
    'last_in_contact_channel_id',
    'snoozed_until',
  ]
    .map((column) => `state.${column}`)
    .join(', '),
)

/**
 * Locks the hot row of a contact, or of the contact that absorbed it, until the transaction ends; undefined when there is
 * none. Whoever changes a contact, its conversation or the tree it stands in holds this lock. Somebody who had to wait
 * looks again: the contact may have been absorbed, or be back, meanwhile.
 */
export async function lockRoot(tx: Tx, workspaceId: number, contactId: number): Promise<RootState | undefined> {
  for (;;) {
    // the row is read anew once it is locked, everything else as it was when the statement began
    const { rows } = await sql<RootState & { waited: boolean }>`${prepared}
      select ${stateColumns}, root.blocked_at, state.xmin <> (select seen.xmin from contact_state seen
        where seen.workspace_id = root.workspace_id and seen.contact_id = root.id) as waited
      from contact asked
      join contact root on root.workspace_id = asked.workspace_id and root.id = coalesce(asked.root_id, asked.id)
      join contact_state state on state.workspace_id = root.workspace_id and state.contact_id = root.id
      where asked.workspace_id = ${workspaceId} and asked.id = ${contactId}
      for update of state`.execute(tx)
    const [row] = rows
    if (row === undefined) return undefined
    const { waited, ...state } = row
    if (!waited) return state
  }
}

/** The same for a member's act: a contact they do not see is not there. */
export async function lockVisibleRoot(tx: Tx, actor: Actor, contactId: number): Promise<RootState> {
  const state = await lockRoot(tx, actor.workspaceId, contactId)
  if (state === undefined || !sees(actor, { assigneeId: state.assignee_id, teamId: state.team_id }))
    return fail('NOT_FOUND')
  return state
}
