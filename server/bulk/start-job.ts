import { sql } from 'kysely'
import type { BulkJob, BulkKind, Chosen } from '#contract/bulk.ts'
import type { Selection } from '#contract/filter.ts'
import { recordAudit } from '../activity/record-audit.ts'
import { selectedContacts } from '../contacts/selection.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadJobs } from './load-jobs.ts'

/** Contacts of one batch: few enough that whoever works on one of them notices nothing. */
const batchSize = 250
/** More would only wait behind one another. */
const mostRunning = 1000

/**
 * Settles whom an act is about and has it begin when the transaction commits. `contacts`: how many the asker knows it to be;
 * another number is refused (STALE) with the present one. `size`: of a batch, where another than the usual one is right. Nobody at
 * all: NOT_FOUND. CONFLICT `too-many` while many jobs run.
 */
export async function startJob(
  context: WriteContext,
  kind: BulkKind,
  selection: Selection,
  { contacts, wish = {}, size = batchSize }: { contacts?: number; wish?: object; size?: number } = {},
): Promise<BulkJob> {
  const { tx, deps, actor, now, live, enqueue } = context
  const { workspaceId } = actor
  await refuseCrowd(tx, workspaceId)
  const jobId = await deps.numbers.next(workspaceId, 'bulkJob')
  const condition = await selectedContacts(tx, actor, selection, now)
  const { rows } = await sql<{ total: number }>`
    with chosen as (
      select c.id, (row_number() over (order by c.id) - 1) / ${size}::integer as place
      from contact_state s join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
      where ${condition}
    ), batches as (
      insert into bulk_batch (workspace_id, job_id, place, contact_ids)
      select ${workspaceId}, ${jobId}, place, array_agg(id order by id) from chosen group by place
      returning cardinality(contact_ids) as size
    )
    select coalesce(sum(size), 0)::integer as total from batches`.execute(tx)
  const total = rows[0]!.total
  if (contacts !== undefined && contacts !== total)
    return fail('STALE', { fields: [{ field: 'contacts', current: total, by: null, at: null }] })
  if (total === 0) return fail('NOT_FOUND')
  await tx
    .insertInto('bulk_job')
    .values({
      workspace_id: workspaceId,
      id: jobId,
      kind,
      chosen: JSON.stringify(await describe(tx, workspaceId, selection)),
      asked_by: actor.memberId,
      asked_via: actor.via,
      asked_at: now,
      total,
      wish: JSON.stringify(wish),
    })
    .execute()
  await recordAudit(tx, deps.clock, actor, 'bulkJobStarted', { jobId, to: { act: kind }, contacts: total })
  await enqueue('run-bulk-job', { workspaceId, jobId })
  live({ event: { type: 'bulk', jobId }, seenBy: null })
  const [job] = await loadJobs(tx, workspaceId, sql`job.id = ${jobId}`)
  return job!
}

/** What the workspace has set a limit to is done for so many contacts at most. */
export async function refuseBeyondLimit(tx: Tx, workspaceId: number, contacts: number): Promise<void> {
  const { bulk_limit: most } = await tx
    .selectFrom('workspace')
    .select('bulk_limit')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  if (most !== null && contacts > most) fail('CONFLICT', { reason: 'bulk-limit' })
}

async function refuseCrowd(tx: Tx, workspaceId: number): Promise<void> {
  const { running } = await tx
    .selectFrom('bulk_job')
    .select(({ fn }) => fn.countAll<number>().as('running'))
    .where('workspace_id', '=', workspaceId)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (running >= mostRunning) fail('CONFLICT', { reason: 'too-many' })
}

/** A search and the values of a filter may be somebody's name: only that there were some is kept. */
async function describe(tx: Tx, workspaceId: number, selection: Selection): Promise<Chosen> {
  if (selection.kind !== 'matching') return { kind: selection.kind }
  const { q = '', filter, segmentId, except } = selection
  const segment =
    segmentId === undefined
      ? undefined
      : await tx
          .selectFrom('segment')
          .select('name')
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', segmentId)
          .executeTakeFirst()
  return {
    kind: 'matching',
    searched: q.trim() !== '',
    filtered: filter !== undefined,
    segment: segment?.name ?? null,
    except: except.length,
  }
}
