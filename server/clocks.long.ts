import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChannelDetails } from '#contract/channels.ts'
import { connectClient, type Client } from './testing/client.ts'
import { startCustomDouble, type CustomDouble } from './testing/custom-double.ts'
import { createTestDatabase } from './testing/database.ts'
import { endProcess, startSide, type Side } from './testing/server-process.ts'
import { signUpOwner } from './testing/sign-up-owner.ts'
import { waitFor } from './testing/wait-for.ts'
import { openVisitor } from './testing/webchat-visitor.ts'

const minute = 60_000
const site = 'https://muebles.example'

interface SeenSide extends Side {
  readonly client: Client
}

/** A machine whose clock is five minutes fast, and one whose clock is as slow; the database's is right. */
let fast: SeenSide
let slow: SeenSide
let database: pg.Client
let databaseUrl: string
let dataDir: string
let cookie: string
let integrator: CustomDouble
let line: ChannelDetails

const start = (aheadMs: number) =>
  startSide({
    DATABASE_URL: databaseUrl,
    FICHA_DATA: dataDir,
    FICHA_CLOCK_MS: String(aheadMs),
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'testing', 'shift-clock.ts')}`,
  })

beforeAll(async () => {
  integrator = await startCustomDouble()
  databaseUrl = await createTestDatabase()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  dataDir = mkdtempSync(join(tmpdir(), 'ficha-clocks-'))
  const [one, other] = await Promise.all([start(5 * minute), start(-5 * minute)])
  let workspaceId: number
  ;({ workspaceId, cookie } = await signUpOwner(one.url))
  const seen = (side: Side): SeenSide => ({
    ...side,
    client: connectClient(side.url, { cookie, 'x-ficha-workspace': String(workspaceId) }),
  })
  fast = seen(one)
  slow = seen(other)
  const settings = { kind: 'custom', apiBaseUrl: integrator.url, contactIdType: 'phone' } as const
  line = await fast.client.channels.connect({ name: 'Línea', settings })
  integrator.token = line.setup.apiToken
})
beforeEach(() => integrator.calm())
afterAll(async () => {
  for (const side of [fast, slow]) if (side !== undefined) await endProcess(side.process.child, 'SIGTERM')
  await database?.end()
  await integrator?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const phone = (at: number) => `+3460000${1000 + at}`

/** Somebody writes, and it is taken in by whoever is faster; answers by number of the contact. */
async function hear(side: Side, from: string, text: string): Promise<number> {
  const events = [{ type: 'message', mId: text, timestamp: Date.now(), message: { type: 'text', text } }]
  const body = { channelId: line.setup.channelId, contactId: from, events }
  const answer = await integrator.call(`${side.url}/custom/channel/webhook`, body, line.setup.apiToken)
  expect(answer.status).toBe(200)
  return waitFor('the message to be stored', async () => {
    const { rows } = await database.query<{ contact_id: number }>(
      `select contact_id::int from message where body->>'text' = $1`,
      [text],
    )
    return rows[0]?.contact_id
  })
}
async function thread({ client }: SeenSide, contactId: number) {
  const { items } = await client.conversations.thread({ contactId, limit: 50, cursor: null })
  return items.toReversed().flatMap((item) => (item.type === 'message' ? [item.message] : []))
}
const textsOf = (messages: Awaited<ReturnType<typeof thread>>) =>
  messages.map(({ body }) => ('text' in body ? body.text : body.type))
const say = ({ client }: SeenSide, contactId: number, text: string) =>
  client.conversations.send({ contactId, body: { type: 'text', text } })
/** By the database’s clock. */
async function now(): Promise<number> {
  const { rows } = await database.query<{ at: Date }>('select clock_timestamp() as at')
  return rows[0]!.at.getTime()
}

test('who wrote last stands first, whichever machine heard it', async () => {
  const before = await now()
  const ids: number[] = []
  for (const [at, side] of [fast, slow, fast, slow].entries()) {
    const id = await hear(side, phone(at), `hola ${at}`)
    await say(side, id, `respuesta a ${at}`)
    ids.push(id)
  }
  for (const { client } of [fast, slow]) {
    const { items } = await client.contacts.list({ sort: 'lastMessage', order: 'desc', limit: 10 })
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed())
  }
  const answers = (await Promise.all(ids.map((id) => thread(slow, id)))).map((messages) => messages.at(-1)!)
  const times = answers.map(({ at }) => Date.parse(at))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  for (const time of times) expect(time >= before - 1000 && time <= Date.now() + 1000).toBe(true)
})

test('what failed for a moment is tried again in a moment, whichever machine tried it', async () => {
  const ids = [await hear(fast, phone(10), 'uno'), await hear(slow, phone(11), 'dos')]
  for (const [at, side] of [fast, slow, fast, slow].entries()) {
    const contactId = ids[at % 2]!
    integrator.trouble({ answer: { status: 503, body: {} } })
    const text = `respuesta ${at}`
    await say(side, contactId, text)
    await waitFor(
      'it to be handed over',
      () => integrator.sent.some(({ body }) => 'text' in body.message && body.message.text === text),
      90_000,
    )
  }
  expect(integrator.violations).toEqual([])
})

test('who signs in with one machine is signed in with the other, and so is a visitor', async () => {
  for (const side of [fast, slow]) expect(await side.client.account.state()).toMatchObject({ signedIn: true })
  const settings = { kind: 'webchat' as const, origins: [site], title: 'Mesas', color: '#2c5fb3' }
  const { setup } = await fast.client.channels.connect({ name: 'Web', settings })
  for (const [here, there] of [
    [fast, slow],
    [slow, fast],
  ] as const) {
    const visitor = openVisitor(here.url, setup.channelId!, site)
    await visitor.begin()
    const elsewhere = openVisitor(there.url, setup.channelId!, site)
    elsewhere.token = visitor.token
    await elsewhere.say('sigo aquí')
  }
})

test('who is put off comes back once, and neither too early nor minutes late', async () => {
  const ids = [await hear(fast, phone(20), 'mañana'), await hear(slow, phone(21), 'pasado')]
  const until = (await now()) + 20_000
  for (const [at, side] of [slow, fast].entries())
    await side.client.conversations.snooze({ contactId: ids[at]!, until: new Date(until).toISOString() })
  const woken = async () => {
    const { rows } = await database.query<{ id: string }>(
      `select id from activity where kind = 'unsnoozed' and contact_id = any($1)`,
      [ids],
    )
    return rows.length >= 2 && rows
  }
  const rows = await waitFor('both to come back', woken, 180_000)
  expect(rows).toHaveLength(2)
  for (const { id } of rows) expect(Number(id) / 1000).toBeGreaterThanOrEqual(until - 1000)
})

test('a clock that was set back an hour does not turn a conversation round', async () => {
  const contactId = await hear(fast, phone(30), 'antes')
  await say(fast, contactId, 'respuesta')
  await endProcess(fast.process.child, 'SIGTERM')
  const back = await start(-60 * minute)
  fast = { ...back, client: connectClient(back.url, { cookie }) }
  await say(fast, contactId, 'otra respuesta')
  await hear(fast, phone(30), 'después')
  expect(textsOf(await thread(slow, contactId))).toEqual(['antes', 'respuesta', 'otra respuesta', 'después'])
})
