import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import type { BulkKind } from '#contract/bulk.ts'
import { notify } from '../db/notify.ts'
import type { Tx } from '../http/endpoint.ts'
import type { BulkAct, BulkActs, Outcome, Work } from './bulk-act.ts'

/** Then other jobs have their turn. */
const turnMs = 3000
/** Browsers hear of progress so often at most. */
const tellMs = 1000
/** Whoever works beside it gets so much of the time. */
const restShare = 0.3
/** Two who waited for each other: the database ended one of them, which has done nothing. */
const patience = 5

interface Batch {
  place: number
  contact_ids: number[]
  touched_ids: number[]
  done_at: Date | null
}

/** The place of the batch that was taken; `elsewhere`: another process has the last batches in hand. */
type Step = number | 'elsewhere' | 'over' | 'ended'

/**
 * Goes on with a job where it stands, batch by batch, each in one transaction with its progress: whoever is killed in between has
 * done whole batches and nothing else. Stops between two of them when somebody has cancelled it. At the end the kind looks the
 * whole over, and the result is written.
 */
export async function runJob(
  deps: Work['deps'],
  acts: Partial<BulkActs>,
  { workspaceId, jobId }: { workspaceId: number; jobId: number },
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + turnMs
  const job = await begin(deps, workspaceId, jobId)
  if (job === null) return
  const work: Work = { deps, workspaceId, jobId, by: { type: job.asked_via, id: job.asked_by }, wish: job.wish }
  const act = acts[job.kind]
  if (act === undefined) throw new Error(`nobody knows how to ${job.kind}`)
  let told = 0
  const stumbled = new AbortController()
  const walk = async (): Promise<Step | 'tired'> => {
    while (!signal.aborted && !stumbled.signal.aborted) {
      const start = Date.now()
      const tells = start - told > tellMs
      if (tells) told = start
      const step = await takeStep(work, act, tells)
      if (typeof step === 'string') return step
      await act.afterBatch?.(work, signal, step)
      if (Date.now() > end) return 'tired'
      await rest((Date.now() - start) * (act.restShare ?? restShare))
    }
    return 'ended'
  }
  const lanes = Array.from({ length: act.lanes ?? 1 }, () =>
    walk().catch((error: unknown) => {
      stumbled.abort()
      throw error
    }),
  )
  await Promise.allSettled(lanes)
  const ends = await Promise.all(lanes)
  if (ends.includes('over')) return conclude(work, act, signal)
  if (ends.includes('tired')) return deps.jobs.ring('run-bulk-job', { workspaceId, jobId })
}

interface Begun {
  kind: BulkKind
  asked_by: number | null
  asked_via: 'member' | 'api'
  wish: unknown
}

async function begin(deps: Work['deps'], workspaceId: number, jobId: number): Promise<Begun | null> {
  const { rows } = await sql<Begun>`
    update bulk_job set started_at = coalesce(started_at, now())
    where workspace_id = ${workspaceId} and id = ${jobId} and ended_at is null returning kind, asked_by, asked_via, wish`.execute(
    deps.db,
  )
  return rows[0] ?? null
}

async function takeStep(work: Work, act: BulkAct, tells: boolean): Promise<Step> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work.deps.db.transaction().execute((tx) => step(tx, work, act, tells, attempt > patience))
    } catch (error) {
      if (!isTangled(error) || attempt > patience) throw error
      await rest(20 * attempt)
    }
  }
}

const isTangled = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '55P03')

async function step(tx: Tx, work: Work, act: BulkAct, tells: boolean, singly: boolean): Promise<Step> {
  const { workspaceId, jobId } = work
  const batch = await takeBatch(tx, work)
  if (typeof batch === 'string') return batch
  if (batch.done_at === null) {
    const outcome = await carryOut(tx, work, act, batch, singly)
    await sql`
      with batch as (
        update bulk_batch set done_at = now(), touched_ids = ${outcome.touchedIds}::bigint[],
          failures = ${JSON.stringify(outcome.failures)}::jsonb, counts = ${JSON.stringify(outcome.counts)}::jsonb,
          unfinished = ${outcome.unfinished}
        where workspace_id = ${workspaceId} and job_id = ${jobId} and place = ${batch.place}
      )
      update bulk_job set done = done + ${batch.contact_ids.length - outcome.failures.length}::integer,
        failed = failed + ${outcome.failures.length}::integer
      where workspace_id = ${workspaceId} and id = ${jobId}`.execute(tx)
  } else {
    const { counts, unfinished } = (await act.carryOn?.(tx, work, batch.touched_ids)) ?? {
      counts: {},
      unfinished: false,
    }
    await sql`
      update bulk_batch set unfinished = ${unfinished}, counts = (
        select jsonb_object_agg(name, amount) from (
          select name, sum(amount::bigint) as amount
          from (select * from jsonb_each_text(counts) union all select * from jsonb_each_text(${JSON.stringify(counts)}::jsonb))
            both_of (name, amount)
          group by name) summed)
      where workspace_id = ${workspaceId} and job_id = ${jobId} and place = ${batch.place}`.execute(tx)
  }
  if (tells) await notify(tx, [{ workspaceId, event: { type: 'bulk', jobId }, seenBy: null }])
  return batch.place
}

/** What is half done comes first, and also of a job that was cancelled. */
async function takeBatch(tx: Tx, { workspaceId, jobId }: Work): Promise<Batch | Exclude<Step, number>> {
  const job = await tx
    .selectFrom('bulk_job')
    .select(['cancelled_at', 'ended_at'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', jobId)
    .executeTakeFirst()
  if (job === undefined || job.ended_at !== null) return 'ended'
  const open = sql<boolean>`workspace_id = ${workspaceId} and job_id = ${jobId} and (done_at is null or unfinished)
    ${job.cancelled_at === null ? sql`` : sql`and unfinished`}`
  const { rows } = await sql<Batch>`
    select place, contact_ids, touched_ids, done_at from bulk_batch where ${open}
    order by place limit 1 for update skip locked`.execute(tx)
  if (rows[0] !== undefined) return rows[0]
  const { rows: others } = await sql`select from bulk_batch where ${open} limit 1`.execute(tx)
  return others.length > 0 ? 'elsewhere' : 'over'
}

/** All at once; where that fails, one by one, so that a single contact never holds up the others. */
async function carryOut(
  tx: Tx,
  work: Work,
  act: BulkAct,
  { contact_ids: contactIds, place }: Batch,
  singly: boolean,
): Promise<Outcome> {
  if (!singly) {
    try {
      return await within(tx, () => act.carryOut(tx, work, contactIds, place))
    } catch (error) {
      if (isTangled(error) || !isRefusal(error)) throw error
      work.deps.log.warn({ err: error, jobId: work.jobId }, 'a batch failed, its contacts are taken one by one')
    }
  }
  const outcomes: Outcome[] = []
  for (const contactId of contactIds) {
    try {
      outcomes.push(await within(tx, () => act.carryOut(tx, work, [contactId], place)))
    } catch (error) {
      if (!isRefusal(error)) throw error
      work.deps.log.error({ err: error, jobId: work.jobId, contactId }, 'it could not be done for a contact')
      const failures = [{ contactId, reason: 'error' as const, survivorId: null }]
      outcomes.push({ touchedIds: [], failures, counts: {}, unfinished: false })
    }
  }
  return {
    touchedIds: outcomes.flatMap(({ touchedIds }) => touchedIds),
    failures: outcomes.flatMap(({ failures }) => failures),
    counts: sum(outcomes.map(({ counts }) => counts)),
    unfinished: outcomes.some(({ unfinished }) => unfinished),
  }
}

/** The database refused a statement, as opposed to being out of reach; what is no error of the database is ours, and the contact's. */
const isRefusal = (error: unknown) =>
  !(error instanceof Error && 'code' in error) || /^(2[0-9A-Z]|40|55|4[24])/.test(String(error.code))

async function within(tx: Tx, act: () => Promise<Outcome>): Promise<Outcome> {
  await sql`savepoint part`.execute(tx)
  try {
    const outcome = await act()
    await sql`release savepoint part`.execute(tx)
    return outcome
  } catch (error) {
    if (isRefusal(error)) await sql`rollback to savepoint part`.execute(tx)
    throw error
  }
}

function sum(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const counts of all) for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count
  return total
}

/** What was asked for goes by name; a value that contacts were given is kept by them alone. */
async function conclude(work: Work, act: BulkAct, signal: AbortSignal): Promise<void> {
  const { deps, workspaceId, jobId } = work
  const checked = (await act.check?.(work, signal)) ?? null
  const at = deps.clock.now().toISOString()
  if (signal.aborted) return
  await deps.db.transaction().execute(async (tx) => {
    await sql`
      update bulk_job set ended_at = now(), wish = wish - 'value', result = jsonb_build_object(
        'checked', ${checked === null ? null : JSON.stringify({ ...checked, at })}::jsonb,
        'counts', (select coalesce(jsonb_object_agg(name, amount), '{}') from (
          select each.name, sum(each.amount::bigint) as amount from bulk_batch batch
          cross join lateral jsonb_each_text(batch.counts) each (name, amount)
          where batch.workspace_id = ${workspaceId} and batch.job_id = ${jobId} group by each.name) summed),
        'failures', (select coalesce(jsonb_object_agg(reason, amount), '{}') from (
          select failure->>'reason' as reason, count(*) as amount from bulk_batch batch
          cross join lateral jsonb_array_elements(batch.failures) failure
          where batch.workspace_id = ${workspaceId} and batch.job_id = ${jobId} group by 1) counted))
      where workspace_id = ${workspaceId} and id = ${jobId} and ended_at is null`.execute(tx)
    await notify(tx, [{ workspaceId, event: { type: 'bulk', jobId }, seenBy: null }])
  })
}
