import { sql, type RawBuilder } from 'kysely'
import { sees } from '#contract/policy.ts'
import type { StepKind, StepOutcome } from '#contract/workflow-words.ts'
import type { Run, RunDetails } from '#contract/workflows.ts'
import { findVisibleContact } from '../conversations/find-visible-contact.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadRuns, showRun } from './load-runs.ts'
import type { ParsedInput } from './parsed-input.ts'
import type { StepData } from './stepping.ts'

type Page = Pick<ParsedInput<'runs'>, 'state' | 'cursor' | 'limit'>

/** Everybody who is in a workflow or has been, newest first. */
export async function listRuns(
  context: ReadContext,
  { workflowId, ...page }: ParsedInput<'runs'>,
): Promise<{ items: Run[]; next: string | null }> {
  const workflow = await context.db
    .selectFrom('workflow')
    .select('id')
    .where('workspace_id', '=', context.actor.workspaceId)
    .where('id', '=', workflowId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (workflow === undefined) return fail('NOT_FOUND')
  return pageOf(context, `runs:${workflowId}`, sql`r.workflow_id = ${workflowId}`, page)
}

/** What a contact, and all it has absorbed, has been led through, for whoever sees its record. */
export async function listRunsOfContact(
  context: ReadContext,
  { contactId: asked, ...page }: ParsedInput<'runsOfContact'>,
): Promise<{ items: Run[]; next: string | null }> {
  const { db, actor } = context
  const { contactId } = await findVisibleContact(db, actor, asked)
  const theirs = sql<boolean>`r.contact_id in (select id from contact
    where workspace_id = ${actor.workspaceId} and (id = ${contactId} or root_id = ${contactId}))`
  return pageOf(context, `runs-of:${contactId}`, theirs, page)
}

async function pageOf(
  { db, actor: { workspaceId } }: ReadContext,
  of: string,
  which: RawBuilder<boolean>,
  { state, cursor, limit }: Page,
): Promise<{ items: Run[]; next: string | null }> {
  const list = `${of}:${workspaceId}:${state ?? ''}`
  const before = Number(readCursor(list, cursor)?.[0] ?? Number.MAX_SAFE_INTEGER)
  const stands =
    state === undefined ? sql`true` : state === 'ended' ? sql`r.ended_at is not null` : sql`r.ended_at is null`
  const rows = await loadRuns(db, workspaceId, sql`${which} and ${stands} and r.id < ${before}::bigint`, limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? writeCursor(list, [String(last.id)]) : null
  return { items: shown.map(showRun), next }
}

interface StepRow {
  place: number
  step_id: string
  kind: StepKind
  started_at: Date
  ended_at: Date | null
  outcome: StepOutcome
  reason: string | null
  attempts: number
  data: StepData
}

/** One run with what happened at each of its steps. */
export async function getRun({ db, actor }: ReadContext, { runId }: ParsedInput<'run'>): Promise<RunDetails> {
  const { workspaceId } = actor
  const [row] = await loadRuns(db, workspaceId, sql`r.id = ${runId}`, 1)
  if (row === undefined || !sees(actor, { assigneeId: row.assignee_id, teamId: row.team_id })) return fail('NOT_FOUND')
  const { rows } = await sql<StepRow>`
    select place, step_id, kind, started_at, ended_at, outcome, reason, attempts, data from workflow_run_step
    where workspace_id = ${workspaceId} and contact_id = ${row.contact_id} and run_id = ${runId} order by place`.execute(
    db,
  )
  return {
    ...showRun(row),
    values: row.vals,
    steps: rows.map(({ data, ...step }) => ({
      place: step.place,
      stepId: step.step_id,
      kind: step.kind,
      startedAt: step.started_at.toISOString(),
      endedAt: step.ended_at?.toISOString() ?? null,
      outcome: step.outcome,
      reason: step.reason,
      attempts: step.attempts,
      messageId: data.messageId ?? null,
      arm: data.arm ?? null,
      status: data.status ?? null,
      until: data.until ?? null,
      values: data.values ?? {},
    })),
  }
}
