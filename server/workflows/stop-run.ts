import { sql } from 'kysely'
import type { Run } from '#contract/workflows.ts'
import { activityActor } from '../conversations/actor-of.ts'
import { lockVisibleState } from '../conversations/lock-state.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { endRuns } from './end-runs.ts'
import { loadRuns, showRun } from './load-runs.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Stops a run where it is. One that has ended stays as it is. */
export async function stopRun(
  { tx, deps, actor, live }: WriteContext,
  { runId }: ParsedInput<'stopRun'>,
): Promise<Run> {
  const { workspaceId } = actor
  const which = sql<boolean>`r.id = ${runId}`
  const [before] = await loadRuns(tx, workspaceId, which, 1)
  if (before === undefined) return fail('NOT_FOUND')
  const state = await lockVisibleState(tx, actor, before.contact_id)
  const ended = await endRuns(tx, deps, { workspaceId, end: 'stopped', by: activityActor(actor), which })
  if (ended.length > 0) {
    live({ event: { type: 'workflows', workflowId: before.workflow_id }, seenBy: null })
    live({
      event: { type: 'contact', contactId: state.contactId, cause: 'workflow', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
    })
  }
  const [row] = await loadRuns(tx, workspaceId, which, 1)
  return row === undefined ? fail('NOT_FOUND') : showRun(row)
}
