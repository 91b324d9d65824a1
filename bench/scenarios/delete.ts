import { setTimeout as wait } from 'node:timers/promises'
import type { BulkJob } from '#contract/bulk.ts'
import { connectClient, type Client } from '../../server/testing/client.ts'
import { givenMany } from '../../server/testing/given-many.ts'
import { openCaller, type Caller } from '../measure/open-caller.ts'
import { describeRun, percentile } from '../measure/take-turns.ts'
import { atMost, type Ratio, type Run } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'
import { openRecords } from './open-records.ts'
import type { Scenario } from './scenario.ts'

/** Deleted at once, of each kind. */
const most = 20_000
const messagesEach = 10

/**
 * Contacts with a conversation of ten messages are deleted while somebody opens other people's records: some whose messages lie
 * together, then as many picked from everybody there is, whose messages lie each on a page of its own.
 */
export const deletion: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  const client = connectClient(stage.url, stage.headers)
  const caller = openCaller(stage.url, 1)
  const count = Math.min(most, Math.floor(stage.contacts / 4))
  try {
    const together = await client.tags.create({ name: 'Juntos' })
    const apart = await client.tags.create({ name: 'Repartidos' })
    const newcomers = { workspaceId: stage.workspaceId, channelId: stage.lines.whatsapp.channelId }
    await givenMany(stage.pool, {
      ...newcomers,
      after: 10 * stage.contacts + 100_000,
      count,
      messages: messagesEach,
      tagId: together.id,
    })
    const every = Math.floor(stage.contacts / count)
    await pickApart(stage, every, apart.id)
    await stage.pool.query('vacuum (analyze)')
    const quiet = await openRecords(caller, stage, 2000, () => false, every)
    const one = await measure(stage, client, caller, every, together.id, count)
    const other = await measure(stage, client, caller, every, apart.id, count)
    const turns = { scenario: 'delete', contacts: stage.contacts, concurrency: 1 }
    const runs: Run[] = [
      describeRun('opening a record, quiet', turns, quiet),
      describeRun('opening a record beside it, together', turns, one.opened),
      describeRun('opening a record beside it, spread', turns, other.opened),
      { ...describeRun('deleting, messages together', turns, [one.tookMs]), n: count, per_s: one.perSecond },
      { ...describeRun('deleting, messages spread', turns, [other.tookMs]), n: count, per_s: other.perSecond },
    ]
    const p95 = percentile(quiet, 95)
    const ratios: Ratio[] = [
      atMost(2, 'opening records while deleting / quiet, p95', percentile([...one.opened, ...other.opened], 95) / p95),
      atMost(2, 'until a deletion begins, s', Math.max(one.beganMs, other.beganMs) / 1000),
      atMost(1000 / 5000, 'deleting a contact whose messages lie together, ms', 1000 / one.perSecond),
      atMost(1000 / 1500, 'deleting a contact whose messages are spread, ms', 1000 / other.perSecond),
    ]
    return { runs, ratios }
  } finally {
    await caller.close()
  }
}

/** Tags one in so many and fills their threads up to ten messages, the n-th of everybody before the next of anybody. */
async function pickApart({ pool, workspaceId }: Stage, every: number, tagId: number): Promise<void> {
  await pool.query(
    `with picked as (update contact set tags = tags || $2::integer where workspace_id = $1 and id % $3 = 0 and id <= $4 returning id)
     insert into contact_tag (workspace_id, tag_id, contact_id) select $1, $2::bigint, id from picked`,
    [workspaceId, tagId, every, most * every],
  )
  await pool.query(
    `insert into message (workspace_id, id, contact_id, conversation_id, channel_id, incoming, sender_type, status, body)
     select $1, (n * 100000000 + tagged.contact_id) * 8 + 5, tagged.contact_id, tagged.contact_id, null, true, 'contact', 0,
       jsonb_build_object('type', 'text', 'text', 'Otra pregunta por el pedido ' || n)
     from generate_series(1, 4) n, contact_tag tagged where tagged.workspace_id = $1 and tagged.tag_id = $2 order by n, tagged.contact_id`,
    [workspaceId, tagId],
  )
}

async function measure(stage: Stage, client: Client, caller: Caller, every: number, tagId: number, contacts: number) {
  const filter = { and: [{ field: 'tag', operator: 'hasAnyOf' as const, value: [tagId] }] }
  const start = performance.now()
  const { id: jobId } = await client.deletion.start({ selection: { kind: 'matching', filter, except: [] }, contacts })
  let job: BulkJob = await client.bulk.get({ jobId })
  let beganMs = 0
  const opening = openRecords(caller, stage, 100_000, () => job.endedAt !== null, every)
  while (job.endedAt === null) {
    // seldom: what asks for the progress would stand in the way of what is measured
    await wait(200)
    job = await client.bulk.get({ jobId })
    if (beganMs === 0 && job.done > 0) beganMs = performance.now() - start
  }
  if (job.done !== contacts || job.result?.checked?.left !== 0) throw new Error(`deleted ${job.done} of ${contacts}`)
  const tookMs = Date.parse(job.endedAt) - Date.parse(job.startedAt!)
  return { opened: await opening, beganMs, tookMs, perSecond: Math.round((contacts / tookMs) * 1000) }
}
