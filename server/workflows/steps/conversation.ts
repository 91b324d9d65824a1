import { sql } from 'kysely'
import { giveContact } from '../../conversations/assign-contact.ts'
import { endEpisodes } from '../../conversations/end-episode.ts'
import { findAssignee } from '../../conversations/find-assignee.ts'
import { conversationNotice, statusOfState } from '../../conversations/lock-state.ts'
import { openEpisodes } from '../../conversations/open-episode.ts'
import { wakeState } from '../../conversations/wake-state.ts'
import type { Tx } from '../../http/endpoint.ts'
import { fillText } from '../fill-text.ts'
import { loadFillings } from '../load-filling.ts'
import { done, failed, skipped, type StepAct } from '../stepping.ts'

/** Opens the conversation, or ends its snooze. */
export const open: StepAct<'open'> = {
  goesOn: true,
  async together(all, _step, stop) {
    const { tx, deps, by, now } = all[0]!
    for (const { state, become } of all)
      if (state.status === statusOfState.snoozed)
        become(await wakeState(tx, deps, state, { actor: by, cause: 'workflow' }))
    const shut = all.filter(
      ({ state }) => state.status !== statusOfState.open && state.status !== statusOfState.snoozed,
    )
    const opened = await openEpisodes(
      tx,
      deps,
      shut.map(({ state }) => ({ state, source: 'workflow', actor: by, channelId: state.lastChannelId, at: now })),
    )
    for (const [index, { become }] of shut.entries()) become(opened[index]!)
    return all.map(({ state, tell }) => {
      if (state.status === statusOfState.open) return skipped(stop, 'open')
      tell(conversationNotice(state, 'opened'))
      return done(stop)
    })
  },
}

/** Closes the conversation with its closing note. */
export const close: StepAct<'close'> = {
  goesOn: true,
  async together(all, step, stop) {
    const { tx, deps, workspaceId, by, now } = all[0]!
    const { summary: text } = step
    const asked = all.map(({ state, values }) => ({ contactId: state.contactId, values }))
    const fillings = text === null ? [] : await loadFillings(tx, workspaceId, asked)
    const category = step.category?.trim() || null
    const ended = await endEpisodes(
      tx,
      deps,
      all.map(({ state }, index) => {
        const summary = text === null ? '' : fillText(text, fillings[index]!).slice(0, 512).trim()
        return { state, category, summary: summary || null }
      }),
      { source: 'workflow', by, at: now },
    )
    return all.map(({ state, become, tell }) => {
      if (!ended.includes(state.contactId)) return skipped(stop, 'not-open')
      become({ status: statusOfState.closed, conversationId: null, snoozedUntil: null })
      tell(conversationNotice(state, 'closed'))
      return done(stop)
    })
  },
}

/** Gives the contact to somebody, to the least busy of a team, or to nobody. */
export const assign: StepAct<'assign'> = {
  goesOn: true,
  async carryOut({ tx, deps, workspaceId, state, become, by, now, tell }, { to, onlyUnassigned }, stop) {
    if (onlyUnassigned && state.assigneeId !== null) return skipped(stop, 'assigned')
    const memberId =
      to.kind === 'team' ? await leastBusy(tx, workspaceId, to.teamId) : to.kind === 'member' ? to.memberId : null
    if (memberId === null && to.kind !== 'nobody') return failed(stop, 'nobody-there')
    if (memberId === state.assigneeId) return skipped(stop, 'unchanged')
    const person = memberId === null ? null : await findAssignee(tx, workspaceId, memberId)
    for (const notice of await giveContact(tx, deps, state, { to: person, by, at: now })) tell(notice)
    become({ assigneeId: memberId, teamId: person?.teamId ?? null })
    return done(stop)
  },
}

/** The member of a team with the fewest open conversations; of equals the oldest. */
async function leastBusy(tx: Tx, workspaceId: number, teamId: number): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select m.id from member m left join lateral (
      select count(*) as open from contact_state s where s.workspace_id = m.workspace_id and s.assignee_id = m.id
        and s.live and s.status in (1, 2)) busy on true
    where m.workspace_id = ${workspaceId} and m.team_id = ${teamId} and m.removed_at is null
    order by busy.open, m.id limit 1`.execute(tx)
  return rows[0]?.id ?? null
}
