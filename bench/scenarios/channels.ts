import { setTimeout as wait } from 'node:timers/promises'
import { connectClient } from '../../server/testing/client.ts'
import { startCustomDouble } from '../../server/testing/custom-double.ts'
import { openCaller } from '../measure/open-caller.ts'
import { readProcess } from '../measure/read-process.ts'
import { describeRun, percentile, takeTurns, type Operation } from '../measure/take-turns.ts'
import { watchArrivals } from '../measure/watch-arrivals.ts'
import { atMost, round, type Ratio, type Run } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'
import { tellLongStories } from '../stage/tell-long-stories.ts'
import { makeWebhook } from './make-webhook.ts'
import type { Scenario } from './scenario.ts'

interface Found {
  readonly runs: Run[]
  readonly ratios: Ratio[]
}

const comeIn = 6000
const goOut = 3000
const atOnce = 16
/** Who is written to. */
const people = 300

/** What the lines carry: messages that come in as fast as they are acknowledged, messages that wait to go out, and a long thread. */
export const channels: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  const found = [await takeIn(stage), await sendOut(stage), await openThreads(stage)]
  return { runs: found.flatMap(({ runs }) => runs), ratios: found.flatMap(({ ratios }) => ratios) }
}

/** Until each of them was told to a browser. */
async function takeIn(stage: Stage): Promise<Found> {
  const arrivals = await watchArrivals(stage)
  const caller = openCaller(stage.url, atOnce)
  const turns = { scenario: 'channels', contacts: stage.contacts, concurrency: atOnce }
  try {
    const pour = async (count: number) => {
      const took: number[] = []
      const shown: Promise<number>[] = []
      const before = readProcess(stage.serverPid)
      const start = performance.now()
      const work = async (worker: number) => {
        for (let at = worker; at < count; at += atOnce) {
          const { extId, request } = makeWebhook(stage.lines.whatsapp, Math.floor(Math.random() * stage.contacts))
          shown.push(arrivals.of(extId))
          took.push(await caller.call(worker, request))
        }
      }
      await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)))
      const acceptedMs = performance.now() - start
      const last = Math.max(...(await Promise.all(shown)))
      const after = readProcess(stage.serverPid)
      return {
        took,
        acceptedMs,
        ms: last - start,
        cpuMs: before === null || after === null ? null : after.cpuMs - before.cpuMs,
      }
    }
    await pour(1000)
    const { took, acceptedMs, ms, cpuMs } = await pour(comeIn)
    const each = { n: comeIn, per_s: perSecond(comeIn, ms), cpu_ms_per_op: cpuMs === null ? null : cpuMs / comeIn }
    return {
      runs: [
        { ...describeRun('webhook accepted', turns, took), per_s: perSecond(comeIn, acceptedMs) },
        { ...describeRun('stored and visible', turns, [ms]), ...each },
      ],
      ratios: [
        atMost(50, 'accepting a webhook while messages pour in, p95 in ms', percentile(took, 95)),
        atMost(1000 / 500, 'a message stored and visible, ms', ms / comeIn),
      ],
    }
  } finally {
    await Promise.all([caller.close(), arrivals.close()])
  }
}

/** The line rests while they are written, so that nothing but sending is measured; the last one lets it begin. */
async function sendOut(stage: Stage): Promise<Found> {
  const double = await startCustomDouble()
  const client = connectClient(stage.url, stage.headers)
  const caller = openCaller(stage.url, atOnce)
  try {
    const { id: channelId, setup } = await client.channels.connect({
      name: 'Puente',
      settings: { kind: 'custom', apiBaseUrl: double.url, contactIdType: 'phone' },
    })
    double.token = setup.apiToken ?? null
    await rest(stage, channelId, true)
    const writeOne = (at: number, worker: number) =>
      caller.call(worker, {
        method: 'POST',
        path: '/rpc/conversations/send',
        headers: { ...stage.headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({
          json: { contactId: personOf(at % people), channelId, body: { type: 'text', text: `Aviso ${at}` } },
        }),
      })
    const write = async (worker: number) => {
      for (let at = worker; at < goOut - 1; at += atOnce) await writeOne(at, worker)
    }
    await Promise.all(Array.from({ length: atOnce }, (_, worker) => write(worker)))
    const before = readProcess(stage.serverPid)
    const start = performance.now()
    await rest(stage, channelId, false)
    await writeOne(goOut - 1, 0)
    while (double.sent.length < goOut) await wait(5)
    const ms = performance.now() - start
    const after = readProcess(stage.serverPid)
    const wrong = new Set(double.sent.map(({ key }) => key)).size !== goOut || double.violations.length > 0
    if (wrong) throw new Error(`messages were sent twice or wrongly: ${double.violations[0] ?? ''}`)
    const turns = { scenario: 'channels', contacts: stage.contacts, concurrency: atOnce }
    const cpuMs = before === null || after === null ? null : (after.cpuMs - before.cpuMs) / goOut
    return {
      runs: [{ ...describeRun('sent', turns, [ms]), n: goOut, per_s: perSecond(goOut, ms), cpu_ms_per_op: cpuMs }],
      ratios: [atMost(1000 / 300, 'a message sent, ms', ms / goOut)],
    }
  } finally {
    await Promise.all([caller.close(), double.close()])
  }
}

/** One in twenty is there twice, and has their phone with the other. */
const personOf = (at: number) => 1 + at + 2 * Math.floor(at / 18)

async function rest({ pool, workspaceId }: Stage, channelId: number, isResting: boolean): Promise<void> {
  const now = new Date().toISOString()
  const until = new Date(Date.now() + 3600 * 1000).toISOString()
  const holdup = { code: 'provider-unavailable', detail: null, since: now, at: now, until, tries: 1 }
  await pool.query('update channel set holdup = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    channelId,
    isResting ? JSON.stringify(holdup) : null,
  ])
}

/** The newest messages of a contact with a hundred, and of one with a hundred thousand. */
async function openThreads(stage: Stage): Promise<Found> {
  const caller = openCaller(stage.url, 1)
  const [short, long] = [stage.contacts - 1, stage.contacts]
  try {
    await tellLongStories(stage, [short], 100)
    await tellLongStories(stage, [long], 100_000)
    const opening = (name: string, contactId: number): Operation => ({
      name,
      pid: stage.serverPid,
      once: (worker) =>
        caller.call(worker, {
          method: 'POST',
          path: '/rpc/conversations/thread',
          headers: { ...stage.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ json: { contactId } }),
        }),
    })
    const turns = {
      scenario: 'channels',
      contacts: stage.contacts,
      concurrency: 1,
      rounds: 40,
      warmUps: 10,
      perTurn: 10,
    }
    const runs = await takeTurns(turns, [
      opening('thread of 100 messages', short),
      opening('thread of 100 000 messages', long),
    ])
    const [few, many] = runs
    return {
      runs,
      ratios: [atMost(1.3, 'opening a thread, 100 000 messages / 100', (many?.p50_ms ?? NaN) / (few?.p50_ms ?? NaN))],
    }
  } finally {
    await caller.close()
  }
}

const perSecond = (count: number, ms: number) => round((count / ms) * 1000)
