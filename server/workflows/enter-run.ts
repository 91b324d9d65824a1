import { sql } from 'kysely'
import type { TriggerKind } from '#contract/workflow-words.ts'
import type { Definition, Trigger } from '#contract/workflows.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import type { LockedState } from '../conversations/lock-state.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { beginRuns, type Candidate } from './begin-runs.ts'
import { ringRuns } from './bell.ts'
import { whoEnteredOften } from './entered-often.ts'
import { makeProgram } from './program.ts'

/** A workflow in force. */
export interface Published {
  readonly workspaceId: number
  readonly workflowId: number
  readonly name: string
  readonly version: number
  readonly definition: Definition
}

/** Holds a workflow that is in force: it is neither stopped nor published anew until the transaction ends. */
export async function holdPublished(
  tx: Tx,
  workspaceId: number,
  workflowId: number,
): Promise<Published | 'unknown' | 'not-published'> {
  const { rows } = await sql<{ name: string; version: number | null; stopped: boolean; definition: Definition }>`
    select w.name, w.version, w.stopped_at is not null as stopped, v.definition from workflow w
    left join workflow_version v on v.workspace_id = w.workspace_id and v.workflow_id = w.id and v.version = w.version
    where w.workspace_id = ${workspaceId} and w.id = ${workflowId} and w.removed_at is null for share of w`.execute(tx)
  const [row] = rows
  if (row === undefined) return 'unknown'
  const { name, version, stopped, definition } = row
  return version === null || stopped ? 'not-published' : { workspaceId, workflowId, name, version, definition }
}

/** The trigger of a kind that a workflow has once at most. */
export const triggerOf = ({ definition }: Published, kind: TriggerKind): Trigger | undefined =>
  definition.triggers.find((trigger) => trigger.kind === kind)

/** Lets one contact, its state locked, enter a workflow; or says why it does not. */
export async function enterRun(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  published: Published,
  trigger: Trigger,
  state: LockedState,
  candidate: Omit<Candidate, 'contactId' | 'depth'>,
): Promise<{ runId: number } | 'blocked' | 'running' | 'conditions' | 'too-often'> {
  const { workspaceId, workflowId, name, version, definition } = published
  const { contactId } = state
  if (state.blocked) return 'blocked'
  const active = await tx
    .selectFrom('workflow_run')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('contact_id', '=', contactId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (active !== undefined) return 'running'
  const byHand = candidate.by.type === 'member'
  if (!byHand && (await whoEnteredOften(tx, deps, workspaceId, workflowId, [contactId])).size > 0) return 'too-often'
  const { first } = makeProgram(definition.steps)
  const entrance = { workspaceId, workflowId, name, version, first, trigger: trigger.kind, filter: trigger.filter }
  const context = await loadFilterContext(tx, workspaceId, deps.clock.now())
  const [begun] = await beginRuns(tx, deps, entrance, context, [{ ...candidate, contactId, depth: 0 }])
  if (begun === undefined) return 'conditions'
  await ringRuns(tx)
  return { runId: begun.runId }
}
