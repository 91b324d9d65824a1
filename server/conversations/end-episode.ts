import { sql } from 'kysely'
import type { ActivityActor } from '../activity/record-activity.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { type LockedState, statusOfState } from './lock-state.ts'

interface Ending {
  readonly source: 'member' | 'api' | 'workflow'
  readonly by: ActivityActor
  readonly at: Date
}

interface Note {
  readonly category: string | null
  readonly summary: string | null
}

/** Ends the open episode of a contact, if there is one, and writes so in its history. Answers whether there was one. */
export async function endEpisode(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  state: LockedState,
  { category, summary, ...ending }: Ending & Note,
): Promise<boolean> {
  return (await endEpisodes(tx, deps, [{ state, category, summary }], ending)).length > 0
}

/** The same for several contacts of a workspace, at the cost of one. Answers whose. */
export async function endEpisodes(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  all: readonly (Note & { readonly state: LockedState })[],
  { source, by, at }: Ending,
): Promise<number[]> {
  const open = all.filter(({ state }) => state.status !== statusOfState.closed && state.conversationId !== null)
  if (open.length === 0) return []
  const { workspaceId } = open[0]!.state
  const ids = open.map(({ state }) => state.contactId)
  await sql`${preparedFor(open.length)}
    with ending as (
      select * from unnest(${ids}::bigint[], ${open.map(({ category }) => category)}::text[],
        ${open.map(({ summary }) => summary)}::text[]) ending (contact_id, category, summary)
    ), ended as (
      -- those that only a merge has ended, in favour of this one, have come to their end with it
      update conversation c set closed_at = ${at}::timestamptz, closed_source = ${source}, closed_by = ${by.id}::bigint,
        category = ending.category, summary = ending.summary
      from ending where c.workspace_id = ${workspaceId} and c.owner_id = ending.contact_id
        and (c.closed_at is null or c.closed_source = 'merge')
    )
    update contact_state set status = ${statusOfState.closed}, snoozed_until = null, conversation_id = null
    where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])`.execute(tx)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    open.map(({ state: { contactId, conversationId }, category, summary }) => ({
      contactId,
      kind: 'closed',
      actor: by,
      data: { conversationId: conversationId!, category, summary },
    })),
  )
  return ids
}
