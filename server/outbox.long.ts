import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveryState } from './conversations/delivery-state.ts'
import { connectClient, type Client } from './testing/client.ts'
import { createTestDatabase } from './testing/database.ts'
import {
  startDouble,
  type DoubleAnswer,
  type DoubleRequest,
  type DoubleServer,
  type Trouble,
} from './testing/double-server.ts'
import { endProcess, freePort, startServerProcess } from './testing/server-process.ts'
import { signUpOwner } from './testing/sign-up-owner.ts'
import { waitFor } from './testing/wait-for.ts'

const people = 400
const messages = 10_000
const heard = 2000
const kills = 5

/** Small and repeatable: a failing run can be run again with its seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** What the provider does instead of its work, in how many of a thousand calls. `cut` does its work and breaks the line. */
const troubles: readonly (readonly [share: number, trouble: Trouble])[] = [
  [80, { answer: { status: 500, body: { error: { message: 'oops' } } } }],
  [3, { answer: { status: 429, headers: { 'retry-after': '1' }, body: {} } }],
  [20, 'cut'],
  [20, 'refuse'],
  [3, 'drop'],
  [10, { answer: { status: 400, body: { error: { message: 'no' } } } }],
]

let database: pg.Pool
let databaseUrl: string
let dataDir: string
let integrator: DoubleServer
/** The messages that the provider acted on, by number, for each person in the order in which it did. */
const acted = new Map<string, number[]>()
const next = random(Number(process.env['FICHA_SEED'] ?? Date.now() % 1_000_000))
let isCalm = false

function meet(): Trouble | undefined {
  let at = next() * 1000
  for (const [share, trouble] of isCalm ? [] : troubles) {
    if (at < share) return trouble
    at -= share
  }
  return undefined
}

function act({ headers, body }: DoubleRequest): DoubleAnswer {
  const key = headers['idempotency-key'] ?? ''
  const { contactId } = JSON.parse(body.toString()) as { contactId: string }
  acted.set(contactId, [...(acted.get(contactId) ?? []), Number(key)])
  // an integrator that does not look at the key: what is handed over twice is sent twice
  return { status: 200, body: { mId: `${key}-${(acted.get(contactId) ?? []).length}` } }
}

beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  database = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  dataDir = mkdtempSync(join(tmpdir(), 'ficha-outbox-'))
  integrator = await startDouble(act, ({ path }) => path === '/message', meet)
}, 120_000)
afterAll(async () => {
  await database?.end()
  await integrator?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('whatever the provider and the process do, each message is sent once, or failed, or in doubt, where it can be seen', async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { DATABASE_URL: databaseUrl, PORT: String(port), FICHA_DATA: dataDir, FICHA_ALLOW_INTERNAL: '127.0.0.1' }
  let server = await startServerProcess(env)
  try {
    const begun = Date.now()
    const shop = await setUp(url)
    await queueMany(shop)
    let running = true
    const hearing = hearAll(url, shop, () => running)

    const started = Date.now()
    for (let kill = 1; kill <= kills; kill += 1) {
      await waitFor(
        `part ${kill} to be over`,
        async () => (await leftSoon(shop)) < messages * (1 - kill / (kills + 1)),
        240_000,
      )
      await wait(next() * 300)
      await endProcess(server.child, 'SIGKILL')
      server = await startServerProcess(env)
    }
    await waitFor('nearly all to be over', async () => (await leftSoon(shop)) < messages / 100, 240_000)
    // as if the last waits were over: what was refused many times in a row would wait for minutes
    isCalm = true
    await waitFor(
      'all to be over',
      async () => {
        await database.query('update delivery set next_attempt_at = now() where state = 0')
        await database.query('update channel set holdup = null where workspace_id = $1', [shop.workspaceId])
        return (await left(shop)) === 0
      },
      120_000,
    ).catch(async (error: unknown) => {
      console.log('not over:', await whatIsLeft(shop), server.said())
      throw error
    })
    const seconds = (Date.now() - started) / 1000
    running = false
    const said = await hearing
    const fate = await judge(shop)
    console.log(
      `${messages} messages in ${seconds.toFixed(0)} s (${((Date.now() - begun) / 1000).toFixed(0)} s in all):`,
      fate,
    )
    expect(fate.accepted + fate.unknown + fate.failed).toBe(messages)
    expect(fate.accepted).toBeGreaterThan(messages * 0.8)
    expect(fate.unknown).toBeGreaterThan(0)
    expect(fate.failed).toBeGreaterThan(0)
    await inboundIsWhole(shop, said)
  } finally {
    await endProcess(server.child, 'SIGKILL')
  }
})

interface Shop {
  readonly client: Client
  readonly workspaceId: number
  readonly channelId: number
  readonly publicId: string
  readonly token: string
}

async function setUp(url: string): Promise<Shop> {
  const { workspaceId, cookie } = await signUpOwner(url)
  const client = connectClient(url, { cookie, 'x-ficha-workspace': String(workspaceId) })
  const { id, setup } = await client.channels.connect({
    name: 'Puente',
    settings: { kind: 'custom', apiBaseUrl: integrator.url, contactIdType: 'phone' },
  })
  return { client, workspaceId, channelId: id, publicId: setup.channelId ?? '', token: setup.apiToken ?? '' }
}

/** Everybody is written to once as members do it, and then many times more, straight in the database. */
async function queueMany({ client, workspaceId, channelId }: Shop): Promise<void> {
  const waiting = Array.from({ length: people }, (_, at) => at)
  const one = async () => {
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const { id } = await client.contacts.create({ values: { phone: `+3460${1_000_000 + at}` } })
      await client.conversations.send({ contactId: id, channelId, body: { type: 'text', text: 'hola' } })
    }
  }
  await Promise.all(Array.from({ length: 8 }, one))
  await database.query(
    `with first as (select m.*, row_number() over (order by m.id) as place from message m where m.workspace_id = $1),
     more as (
       insert into message (workspace_id, id, contact_id, conversation_id, channel_id, contact_channel_id, incoming, sender_type,
         sender_id, status, body)
       select workspace_id, ((extract(epoch from clock_timestamp()) * 125000)::bigint + n * $2 + place) * 8 + 7, contact_id,
         conversation_id, channel_id, contact_channel_id, false, sender_type, sender_id, 1, body
       from first, generate_series(1, $3::int) n
       returning workspace_id, id, contact_id, channel_id, contact_channel_id)
     insert into delivery (workspace_id, message_id, contact_id, channel_id, contact_channel_id)
     select * from more order by id`,
    [workspaceId, people, messages / people - 1],
  )
}

const left = async ({ workspaceId }: Shop): Promise<number> => {
  const { rows } = await database.query<{ n: number }>(
    'select count(*)::int as n from delivery where workspace_id = $1 and state in (0, 1)',
    [workspaceId],
  )
  return rows[0]!.n
}

/** For whoever wonders why they are not over. */
async function whatIsLeft({ workspaceId }: Shop): Promise<object[]> {
  const { rows } = await database.query<object>(
    `select d.message_id, d.contact_id, d.state, d.attempts, d.next_attempt_at, d.claimed_at, d.claimed_by, c.holdup, now()
     from delivery d join channel c on c.workspace_id = d.workspace_id and c.id = d.channel_id
     where d.workspace_id = $1 and d.state in (0, 1) order by d.message_id limit 20`,
    [workspaceId],
  )
  return rows
}

/** As if time went faster: what was refused several times in a row would wait for minutes. */
const leftSoon = async (shop: Shop): Promise<number> => {
  await database.query(
    `update delivery set next_attempt_at = now() where workspace_id = $1 and state = 0 and next_attempt_at > now() + interval '2 s'`,
    [shop.workspaceId],
  )
  return left(shop)
}

/** Compares what the provider did with what is shown, message by message. */
async function judge({
  workspaceId,
}: Shop): Promise<{ accepted: number; unknown: number; failed: number; inDoubt: number }> {
  const { rows } = await database.query<{
    id: string
    state: number
    status: number
    failure: { code: string } | null
  }>(
    `select d.message_id::text as id, d.state, m.status, m.failure from delivery d
     join message m on m.workspace_id = d.workspace_id and m.id = d.message_id where d.workspace_id = $1`,
    [workspaceId],
  )
  const times = new Map<number, number>()
  for (const [person, sent] of acted) {
    expect({ person, sent }).toEqual({ person, sent: sent.toSorted((a, b) => a - b) })
    for (const id of sent) times.set(id, (times.get(id) ?? 0) + 1)
  }
  const fate = { accepted: 0, unknown: 0, failed: 0, inDoubt: 0 }
  const wrong: object[] = []
  for (const { id, state, status, failure } of rows) {
    const sent = times.get(Number(id)) ?? 0
    const kind = kindOf(state)
    fate[kind] += 1
    if (kind === 'unknown' && sent === 1) fate.inDoubt += 1
    const { may, shown, code } = truths[kind]
    if (!(may as readonly number[]).includes(sent) || status !== shown || failure?.code !== code)
      wrong.push({ id, state, status, failure, sent })
  }
  expect(wrong).toEqual([])
  return fate
}

/** How often the provider may have acted on a message that is shown so, and how it is shown. */
const truths = {
  accepted: { may: [1], shown: 2, code: undefined },
  unknown: { may: [0, 1], shown: 8, code: 'maybe-sent' },
  failed: { may: [0], shown: 9, code: 'rejected' },
} as const satisfies Record<string, { may: readonly number[]; shown: number; code: string | undefined }>

function kindOf(state: number): keyof typeof truths {
  if (state === deliveryState.accepted) return 'accepted'
  return state === deliveryState.unknown ? 'unknown' : 'failed'
}

/** A provider that hands over everything twice at least, in whatever order, and again until it is acknowledged. */
async function hearAll(url: string, { publicId, token }: Shop, isRunning: () => boolean): Promise<string[]> {
  const said: string[] = []
  const post = async (mId: string, contactId: string) => {
    const events = [{ type: 'message', mId, timestamp: Date.now(), message: { type: 'text', text: mId } }]
    const answer = await fetch(`${url}/custom/channel/webhook`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channelId: publicId, contactId, events }),
    }).catch(() => null)
    return answer?.status === 200
  }
  const stream = async (name: string) => {
    const again: (readonly [string, string])[] = []
    for (let number = 0; number < heard / 4 && isRunning(); number += 1) {
      const item = [`${name}-${number}`, `+3461${1_000_000 + Math.floor(next() * 50)}`] as const
      while (!(await post(...item))) await wait(50)
      said.push(item[0])
      again.push(item)
      const old = again[Math.floor(next() * again.length)]!
      await post(...old)
      await wait(15)
    }
  }
  await Promise.all(['a', 'b', 'c', 'd'].map(stream))
  return said
}

async function inboundIsWhole({ workspaceId }: Shop, said: readonly string[]): Promise<void> {
  const texts = await waitFor(
    'everything that came in to stand in a thread',
    async () => {
      const { rows } = await database.query<{ text: string }>(
        `select body->>'text' as text from message where workspace_id = $1 and incoming`,
        [workspaceId],
      )
      return rows.length >= said.length && rows.map(({ text }) => text)
    },
    120_000,
  )
  expect(texts.toSorted()).toEqual(said.toSorted())
}
