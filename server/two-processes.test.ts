import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import type { Message } from '#contract/conversations.ts'
import type { LiveEvent } from '#contract/live.ts'
import { connectClient, type Client } from './testing/client.ts'
import { startCustomDouble, type CustomDouble } from './testing/custom-double.ts'
import { createTestDatabase } from './testing/database.ts'
import { endProcess, startSide, type Side } from './testing/server-process.ts'
import { signUpOwner } from './testing/sign-up-owner.ts'
import { waitFor } from './testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from './testing/whatsapp-double.ts'
import { message, status, webhook } from './testing/whatsapp-webhooks.ts'

let a: Side
let b: Side
let whatsapp: WhatsappDouble
let integrator: CustomDouble
let database: pg.Client
let dataDir: string
let cookie: string
/** A workspace of its own for each test, seen through either side. */
let workspaceId: number
let onA: Client
let onB: Client

beforeAll(async () => {
  whatsapp = await startWhatsappDouble()
  integrator = await startCustomDouble()
  const databaseUrl = await createTestDatabase()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  dataDir = mkdtempSync(join(tmpdir(), 'ficha-two-'))
  const start = () => startSide({ DATABASE_URL: databaseUrl, FICHA_DATA: dataDir, FICHA_WHATSAPP_API: whatsapp.url })
  // at the same moment: the secret, the schema of the queue and the places on the database are made once
  ;[a, b] = await Promise.all([start(), start()])
  ;({ cookie } = await signUpOwner(a.url))
})

beforeEach(async () => {
  const { id } = await connectClient(a.url, { cookie }).workspaces.create({
    name: 'Taller',
    defaultCountry: 'ES',
    timeZone: 'Europe/Madrid',
    language: 'es',
  })
  workspaceId = id
  onA = clientOf(a)
  onB = clientOf(b)
})

afterAll(async () => {
  for (const side of [a, b]) if (side !== undefined) await endProcess(side.process.child, 'SIGTERM')
  await database?.end()
  await whatsapp?.close()
  await integrator?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const clientOf = (side: Side, more: Record<string, string> = {}) =>
  connectClient(side.url, { cookie, 'x-ficha-workspace': String(workspaceId), ...more })

/** A line on which people can write, by either side. */
async function connect(settings: ChannelSettings) {
  const channel = await onA.channels.connect({ name: 'Línea', settings })
  const { pathname } = new URL(channel.setup.webhookUrl!)
  return { channel, webhookOn: (side: Side) => side.url + pathname }
}
async function connectCustom() {
  const line = await connect({ kind: 'custom', apiBaseUrl: integrator.url, contactIdType: 'phone' })
  integrator.token = line.channel.setup.apiToken
  return { ...line, post: (side: Side, from: string, mId: string) => postText(line.channel, side, from, mId) }
}
/** Answers whether it was acknowledged. The text is the id, so that each can be told from the others. */
async function postText({ setup }: ChannelDetails, side: Side, contactId: string, mId: string): Promise<boolean> {
  const events = [{ type: 'message', mId, timestamp: Date.now(), message: { type: 'text', text: mId } }]
  const body = { channelId: setup.channelId, contactId, events }
  const answer = await integrator.call(`${side.url}/custom/channel/webhook`, body, setup.apiToken)
  return answer.status === 200
}

/** How many rows of each kind the workspace has, and what became of its messages. */
async function census(): Promise<Record<string, unknown>> {
  const tables = ['contact', 'contact_channel', 'conversation', 'message', 'activity']
  const counts: Record<string, unknown> = {}
  for (const table of tables) {
    const { rows } = await database.query<{ n: number }>(
      `select count(*)::int as n from ${table} where workspace_id = $1`,
      [workspaceId],
    )
    counts[table] = rows[0]!.n
  }
  return counts
}
const untilTakenIn = () =>
  waitFor('everything to be taken in', async () => {
    const { rows } = await database.query<{ n: number }>(
      'select count(*)::int as n from inbound_event where workspace_id = $1 and state = 0',
      [workspaceId],
    )
    return rows[0]!.n === 0
  })

async function contactIds(client: Client): Promise<number[]> {
  const { items } = await client.contacts.list({ limit: 100 })
  return items.map(({ id }) => id)
}
/** Of one contact, oldest first. */
async function messagesOf(client: Client, contactId: number): Promise<Message[]> {
  const messages: Message[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Client['conversations']['thread']>> = await client.conversations.thread({
      contactId,
      limit: 100,
      cursor,
    })
    for (const item of page.items) if (item.type === 'message') messages.push(item.message)
    cursor = page.next
  } while (cursor !== null)
  return messages.toReversed()
}
const wordsOf = ({ body }: Message) => ('text' in body ? (body.text ?? '') : body.type)
const phone = (at: number) => `+3460000${String(1000 + at)}`
const shuffled = <T>(list: readonly T[]): T[] => {
  const left = [...list]
  return list.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0]!)
}

test('a browser on one server hears what happens on the other', async () => {
  const { post } = await connectCustom()
  for (const [there, here, client] of [
    [a, b, onA],
    [b, a, onB],
  ] as const) {
    const stop = new AbortController()
    const stream = await clientOf(here).live.watch(undefined, { signal: stop.signal })
    const next = async (fits: (event: LiveEvent) => boolean) => {
      for (;;) {
        const { value, done } = await stream.next()
        if (done === true) throw new Error('the stream ended')
        if (fits(value)) return value
      }
    }
    await next(({ type }) => type === 'ready')
    await post(there, phone(0), randomUUID())
    const heard = await next((event) => event.type === 'conversation' && event.cause === 'message')
    const contactId = 'contactId' in heard ? heard.contactId : 0
    expect((await messagesOf(clientOf(here), contactId)).length).toBeGreaterThan(0)
    await client.contacts.update({ contactId, values: { firstName: `Ana ${randomUUID()}` } })
    await next((event) => event.type === 'contact' && event.contactId === contactId)
    stop.abort()
    await stream.return?.().catch(() => undefined)
  }
})

test('webhooks that come three times, shuffled, now here and now there, change nothing', async () => {
  const { webhookOn } = await connect(whatsapp.settings)
  const from = (at: number) => phone(at).slice(1)
  const now = String(Math.floor(Date.now() / 1000))
  const hello = (at: number, number: number) =>
    webhook({
      contacts: [{ profile: { name: `Persona ${at}` }, wa_id: from(at), user_id: `ES.persona${at}` }],
      messages: [
        message(
          'text',
          { body: `hola ${number}` },
          { id: `wamid.${at}.${number}`, from: from(at), from_user_id: `ES.persona${at}`, timestamp: now },
        ),
      ],
    })
  let turn = 0
  const sendThrice = async (payloads: readonly object[]) => {
    // the third time in other bytes, as a provider that writes its JSON anew
    const calls = shuffled(
      payloads.flatMap((payload) => [0, 0, 1].map((indent) => JSON.stringify(payload, null, indent))),
    )
    const answers = await Promise.all(
      calls.map((call) => whatsapp.call(webhookOn(turn++ % 2 === 0 ? a : b), Buffer.from(call))),
    )
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    await untilTakenIn()
  }
  const people = [0, 1, 2, 3, 4]
  await sendThrice(people.map((at) => hello(at, 0)))
  expect(await census()).toMatchObject({ contact: 5, contact_channel: 5, conversation: 5, message: 5 })

  const ids = await contactIds(onB)
  await Promise.all(
    ids.map((contactId, at) =>
      (at % 2 === 0 ? onA : onB).conversations.send({ contactId, body: { type: 'text', text: 'dígame' } }),
    ),
  )
  await waitFor('the answers to go out', () => whatsapp.sent.length === 5)
  const receipts = whatsapp.sent.flatMap(({ id }) =>
    ['sent', 'delivered', 'read'].map((value) => webhook({ statuses: [status(id, value)] })),
  )
  const more = people.flatMap((at) => [1, 2, 3].map((number) => hello(at, number)))
  await sendThrice([...receipts, ...more])

  const outcome = async () => {
    const messages = (await Promise.all(ids.map((id) => messagesOf(onA, id)))).flat()
    return {
      ...(await census()),
      messages: messages.map((one) => `${one.direction} ${one.status} ${wordsOf(one)}`).toSorted(),
    }
  }
  const first = await outcome()
  expect(first).toMatchObject({ contact: 5, contact_channel: 5, conversation: 5, message: 25 })
  expect(first.messages).toEqual(
    people.flatMap(() => ['out read dígame', ...[0, 1, 2, 3].map((number) => `in received hola ${number}`)]).toSorted(),
  )
  await sendThrice([...receipts, ...more, ...people.map((at) => hello(at, 0))])
  expect(await outcome()).toEqual(first)
  expect(whatsapp.violations).toEqual([])
})

test('a hundred first messages of one new address at once, half here and half there, make one contact', async () => {
  const { post } = await connectCustom()
  const ids = Array.from({ length: 100 }, (_, at) => `hola ${at}`)
  const answers = await Promise.all(ids.map((id, at) => post(at % 2 === 0 ? a : b, phone(0), id)))
  expect(answers.every(Boolean)).toBe(true)
  await untilTakenIn()
  expect(await census()).toMatchObject({ contact: 1, contact_channel: 1, conversation: 1, message: 100 })
  const [contactId] = await contactIds(onB)
  expect((await messagesOf(onB, contactId!)).map(wordsOf).toSorted()).toEqual(ids.toSorted())
})

test('a request with a key is done once, whichever server it is repeated on', async () => {
  const { id: contactId } = await onA.contacts.create({ values: { firstName: 'Ana' } })
  const note = { contactId, text: 'llamar mañana' }
  const key = { 'idempotency-key': randomUUID() }
  const first = await clientOf(a, key).conversations.addNote(note)
  expect(await clientOf(b, key).conversations.addNote(note)).toEqual(first)
  await expect(clientOf(b, key).conversations.addNote({ ...note, text: 'otra cosa' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  const atOnce = { 'idempotency-key': randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) => clientOf(at % 2 === 0 ? a : b, atOnce).conversations.addNote(note)),
  )
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect(await messagesOf(onB, contactId)).toHaveLength(2)
})

test('what is queued is handed over once and in order, whoever works on it', async () => {
  const { post } = await connectCustom()
  const people = Array.from({ length: 8 }, (_, at) => phone(at))
  for (const [at, person] of people.entries()) await post(at % 2 === 0 ? a : b, person, `hola ${at}`)
  await untilTakenIn()
  const ids = await contactIds(onA)
  expect(ids).toHaveLength(people.length)
  const before = integrator.sent.length
  const texts = [0, 1, 2, 3, 4, 5]
  await Promise.all(
    ids.map(async (contactId) => {
      for (const text of texts)
        await (text % 2 === 0 ? onA : onB).conversations.send({
          contactId,
          body: { type: 'text', text: `${contactId}: ${text}` },
        })
    }),
  )
  await waitFor(
    'all to be sent',
    async () => {
      const messages = (await Promise.all(ids.map((id) => messagesOf(onB, id)))).flat()
      return messages.every((one) => one.status === 'received' || one.status === 'sent')
      // what a process lets fall is rung for again within a minute
    },
    90_000,
  )
  const handed = integrator.sent.slice(before).map(({ body }) => ('text' in body.message ? body.message.text : ''))
  for (const id of ids)
    expect(handed.filter((text) => text.startsWith(`${id}:`))).toEqual(texts.map((text) => `${id}: ${text}`))
  expect(handed).toHaveLength(ids.length * texts.length)
})

test('one that is stopped answers what it was asked and leaves nothing undone; the other goes on', async () => {
  const { post } = await connectCustom()
  const before = integrator.sent.length
  const people = Array.from({ length: 6 }, (_, at) => phone(at))
  for (const person of people) await post(a, person, `first of ${person}`)
  await untilTakenIn()
  const ids = await contactIds(onB)
  // a provider that takes its time: deliveries are under way at any moment
  integrator.trouble(...Array.from({ length: 60 }, () => ({ late: 100 })))

  let running = true
  const heard: string[] = people.map((person) => `first of ${person}`)
  const said: string[] = []
  /** First the one, then the other, until somebody has taken it. */
  const untilTaken = async (take: (side: Side) => Promise<unknown>) => {
    for (let turn = 0; ; turn++) {
      if (await take(turn % 2 === 0 ? a : b).then(Boolean, () => false)) return
      await wait(5)
    }
  }
  const provider = async (person: string) => {
    for (let number = 0; running; number++) {
      const mId = `${person} ${number}`
      await untilTaken((side) => post(side, person, mId))
      heard.push(mId)
      await wait(10)
    }
  }
  const colleague = async (contactId: number) => {
    for (let number = 0; running; number++) {
      const text = `to ${contactId}: ${number}`
      const key = { 'idempotency-key': randomUUID() }
      await untilTaken((side) => clientOf(side, key).conversations.send({ contactId, body: { type: 'text', text } }))
      said.push(text)
      await wait(40)
    }
  }
  const streams = [...people.map(provider), ...ids.map(colleague)]
  await waitFor('messages to flow', () => heard.length > 60 && said.length > 12)

  // somebody’s edit is under way, held up in the database until the server has been told to stop
  const lock = new pg.Client({
    host: database.host,
    port: database.port,
    user: database.user,
    database: database.database,
  })
  await lock.connect()
  await lock.query('begin')
  await lock.query('select from contact where workspace_id = $1 and id = $2 for update', [workspaceId, ids[0]])
  const edit = onA.contacts.update({ contactId: ids[0]!, values: { lastName: 'Última' } })
  await waitFor('the edit to wait', async () => {
    const { rows } = await database.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]!.n > 0
  })
  // looked at later; until then nobody may call a refusal unforeseen
  edit.catch(() => undefined)
  const stopped = endProcess(a.process.child, 'SIGTERM')
  await waitFor('no more to be taken', () =>
    fetch(`${a.url}/healthz`).then(
      ({ status: code }) => code !== 200,
      () => true,
    ),
  )
  await lock.query('commit')
  await lock.end()
  expect((await edit).fields.lastName.value).toBe('Última')
  await stopped
  expect(a.process.child.exitCode).toBe(0)

  const soFar = { heard: heard.length, said: said.length }
  await waitFor('the other to go on', () => heard.length > soFar.heard + 60 && said.length > soFar.said + 12)
  running = false
  await Promise.all(streams)
  await untilTakenIn()
  const all = await waitFor('all to be sent', async () => {
    const messages = (await Promise.all(ids.map((id) => messagesOf(onB, id)))).flat()
    return messages.every((one) => one.status === 'received' || one.status === 'sent') && messages
  })
  const textsOf = (direction: Message['direction']) =>
    all
      .filter((one) => one.direction === direction)
      .map(wordsOf)
      .toSorted()
  expect(textsOf('in')).toEqual(heard.toSorted())
  expect(textsOf('out')).toEqual(said.toSorted())
  const handed = integrator.sent.slice(before).map(({ body }) => ('text' in body.message ? body.message.text : ''))
  expect(handed.toSorted()).toEqual(said.toSorted())
})
