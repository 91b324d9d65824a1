import { sql } from 'kysely'
import type { ActivityActor } from '../activity/record-activity.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { type LockedState, statusOfState } from './lock-state.ts'

/** Who or what opened it, as the record and the outside world name it. */
export type OpenedSource = 'contact' | 'member' | 'api' | 'echo' | 'workflow'

interface Opening {
  readonly source: OpenedSource
  readonly actor: ActivityActor
  readonly channelId: number | null
  readonly at: Date
  /** The contact whose link opened it, where that is one the contact has absorbed. */
  readonly bornOn?: number
  /** By what no person wrote just now, which sets nothing off. */
  readonly automatic?: boolean
}

/** Begins a new episode for a contact that has none open, and writes so in its history. */
export async function openEpisode(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  state: LockedState,
  opening: Opening,
): Promise<LockedState> {
  const [opened] = await openEpisodes(tx, deps, [{ ...opening, state }])
  return opened!
}

/** The same for several contacts of a workspace, at the cost of one; in their order. */
export async function openEpisodes(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  openings: readonly (Opening & { readonly state: LockedState })[],
): Promise<LockedState[]> {
  if (openings.length === 0) return []
  const { workspaceId } = openings[0]!.state
  const first = await deps.numbers.next(workspaceId, 'conversation', openings.length)
  const episodes = openings.map(({ state, bornOn = state.contactId, ...one }, index) => ({
    ...one,
    id: first + index,
    state,
    bornOn,
  }))
  await sql`${preparedFor(episodes.length)}
    with episode as (
      select * from unnest(${episodes.map(({ id }) => id)}::bigint[], ${episodes.map(({ bornOn }) => bornOn)}::bigint[],
        ${episodes.map(({ state }) => state.contactId)}::bigint[], ${episodes.map(({ channelId }) => channelId)}::bigint[],
        ${episodes.map(({ at }) => at.toISOString())}::timestamptz[], ${episodes.map(({ source }) => source)}::text[],
        ${episodes.map(({ actor }) => actor.id)}::bigint[], ${episodes.map(({ state }) => state.assigneeId)}::bigint[])
        episode (id, born_on, contact_id, channel_id, opened_at, source, opened_by, assignee_id)
    ), opened as (
      insert into conversation (workspace_id, id, contact_id, owner_id, channel_id, opened_at, opened_source, opened_by,
        assignee_id)
      select ${workspaceId}::bigint, id, born_on, contact_id, channel_id, opened_at, source, opened_by, assignee_id from episode
    )
    update contact_state s set status = ${statusOfState.open}, snoozed_until = null, conversation_id = episode.id
    from episode where s.workspace_id = ${workspaceId} and s.contact_id = episode.contact_id`.execute(tx)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    episodes.map(({ id, bornOn, source, actor, automatic = false }) => ({
      contactId: bornOn,
      kind: 'opened',
      actor,
      data: { conversationId: id, source },
      automatic,
    })),
  )
  return episodes.map(({ id, state }) => ({
    ...state,
    status: statusOfState.open,
    snoozedUntil: null,
    conversationId: id,
  }))
}
