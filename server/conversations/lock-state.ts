import { sees } from '#contract/policy.ts'
import { sql } from 'kysely'
import { lockRoot, stateColumns, type RootState } from '../contacts/lock-root.ts'
import { lockRoots } from '../contacts/lock-roots.ts'
import { preparedFor } from '../db/prepared.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** How a contact's exchange stands in `contact_state.status`. */
export const statusOfState = { none: 0, open: 1, snoozed: 2, closed: 3 } as const

/** The hot row of a contact, locked for the rest of the transaction: whoever changes a conversation holds it. */
export interface LockedState {
  readonly workspaceId: number
  readonly contactId: number
  readonly status: number
  readonly assigneeId: number | null
  readonly teamId: number | null
  readonly lastMessageId: number
  readonly lastInId: number
  readonly lastChannelId: number | null
  readonly lastInContactChannelId: number | null
  readonly snoozedUntil: Date | null
  readonly conversationId: number | null
  readonly blocked: boolean
}

/** Locks the state of a contact, or of the contact that absorbed it; undefined when there is none. */
export async function lockState(tx: Tx, workspaceId: number, contactId: number): Promise<LockedState | undefined> {
  const row = await lockRoot(tx, workspaceId, contactId)
  return row === undefined ? undefined : stateOf(row)
}

/**
 * The same for several, each once at the cost of one, in the order of their numbers so that nobody waits in a circle. By the
 * numbers that were asked for; one that leads nowhere is missing.
 */
export async function lockStates(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Map<number, LockedState>> {
  const [only] = contactIds
  if (only !== undefined && contactIds.length === 1) {
    const state = await lockState(tx, workspaceId, only)
    return new Map(state === undefined ? [] : [[only, state]])
  }
  const roots = await lockRoots(tx, workspaceId, contactIds)
  const { rows } = await sql<RootState>`${preparedFor(contactIds.length)}
    select ${stateColumns}, root.blocked_at from contact_state state
    join contact root on root.workspace_id = state.workspace_id and root.id = state.contact_id
    where state.workspace_id = ${workspaceId} and state.contact_id = any(${[...new Set(roots.values())]}::bigint[])`.execute(
    tx,
  )
  const states = new Map(rows.map((row) => [row.contact_id, stateOf(row)]))
  return new Map([...roots].flatMap(([id, root]) => (states.has(root) ? [[id, states.get(root)!] as const] : [])))
}

/** A locked row in the words of this slice. */
export const stateOf = (row: Omit<RootState, 'live' | 'last_message_at'>): LockedState => ({
  workspaceId: row.workspace_id,
  contactId: row.contact_id,
  status: row.status,
  assigneeId: row.assignee_id,
  teamId: row.team_id,
  lastMessageId: row.last_message_id,
  lastInId: row.last_in_id,
  lastChannelId: row.last_channel_id,
  lastInContactChannelId: row.last_in_contact_channel_id,
  snoozedUntil: row.snoozed_until,
  conversationId: row.conversation_id,
  blocked: row.blocked_at !== null,
})

/** The same for a member's act: a contact they do not see is not there. */
export async function lockVisibleState(tx: Tx, actor: Actor, contactId: number): Promise<LockedState> {
  const state = await lockState(tx, actor.workspaceId, contactId)
  return state !== undefined && sees(actor, state) ? state : fail('NOT_FOUND')
}

/** What tells every process who may hear of a change to this conversation. */
export const conversationNotice = (
  state: Pick<LockedState, 'contactId' | 'assigneeId' | 'teamId'>,
  cause: Extract<LiveNotice['event'], { type: 'conversation' }>['cause'],
  { messageId = null, memberId = null }: { messageId?: number | null; memberId?: number | null } = {},
): Omit<LiveNotice, 'workspaceId'> => ({
  event: { type: 'conversation', contactId: state.contactId, messageId, cause, memberId },
  seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
})

/** The same for a change to the contact's record that nobody of the team made. */
export const contactNotice = (
  state: Pick<LockedState, 'contactId' | 'assigneeId' | 'teamId'>,
  cause: string,
): Omit<LiveNotice, 'workspaceId'> => ({
  event: { type: 'contact', contactId: state.contactId, cause, memberId: null },
  seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
})
