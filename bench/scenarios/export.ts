import { setTimeout as wait } from 'node:timers/promises'
import { connectClient, type Client } from '../../server/testing/client.ts'
import { describeRun } from '../measure/take-turns.ts'
import { watchMemory } from '../measure/watch-memory.ts'
import { atMost, type Run } from '../report.ts'
import { fillDetails } from '../stage/fill-details.ts'
import type { Stage } from '../stage/open-stage.ts'
import type { Scenario } from './scenario.ts'

type Wish = Omit<Parameters<Client['exports']['start']>[0], 'selection'>

const files: readonly (Wish & { name: string })[] = [
  {
    name: 'a CSV of names and addresses',
    format: 'csv',
    columns: ['id', 'firstName', 'lastName', 'phone', 'email', 'country', 'language', 'createdAt'],
  },
  {
    name: 'a CSV of everything',
    format: 'csv',
    columns: [
      'id',
      'name',
      'phone',
      'otherPhones',
      'email',
      'otherEmails',
      'country',
      'language',
      'tags',
      'assignee',
      'status',
      'lifecycle',
      'channels',
      'lastMessageAt',
      'createdAt',
      ...([1, 2, 3, 4, 5, 6] as const).map((id) => `#${id}` as const),
    ],
  },
  { name: 'vCards', format: 'vcard' },
]

/** Everybody is written to a file, from asking for it to the last byte of the download. */
export const exporting: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  await fillDetails(stage)
  const client = connectClient(stage.url, stage.headers)
  await client.workspaces.update({ bulkLimit: null })
  const memory = watchMemory(stage.serverPid)
  const runs: Run[] = []
  try {
    for (const { name, ...wish } of files) {
      const tookMs = await write(stage, client, wish)
      const run = describeRun(name, { scenario: 'export', contacts: stage.contacts, concurrency }, [tookMs])
      runs.push({
        ...run,
        n: stage.contacts,
        per_s: Math.round((stage.contacts / tookMs) * 1000),
        rss_mb: memory.mostMb(),
      })
    }
  } finally {
    memory.stop()
  }
  const most = memory.mostMb()
  return {
    runs,
    ratios: [
      atMost(1000 / 50_000, 'exporting a row, ms', runs[0]!.p50_ms / stage.contacts),
      ...(most === null ? [] : [atMost(300, 'memory of the server while exporting, MB', most)]),
    ],
  }
}

async function write(stage: Stage, client: Client, wish: Wish): Promise<number> {
  const start = performance.now()
  const { job } = await client.exports.start({ ...wish, selection: { kind: 'everyone' } })
  let file = await client.exports.get({ jobId: job.id })
  while (file.job.endedAt === null) {
    await wait(50)
    file = await client.exports.get({ jobId: job.id })
  }
  const answer = await fetch(stage.url + file.url, { headers: stage.headers })
  let lines = 0
  for await (const piece of answer.body!) for (const byte of piece as Uint8Array) if (byte === 10) lines++
  if (file.job.done !== stage.contacts || lines < stage.contacts) throw new Error(`exported ${lines} lines`)
  return performance.now() - start
}
