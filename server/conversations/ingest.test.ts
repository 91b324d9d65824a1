import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import type { ChannelAdapter } from '../channels/adapter.ts'
import { openLine } from '../channels/open-line.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { ingestMessage } from './ingest-message.ts'
import { ingestReaction } from './ingest-reaction.ts'
import { givenShop, onlyContact, textEvent, words, type Shop } from './testing.ts'

const ana = '+34600000142'

let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** How many rows of each kind the workspace has. */
async function census(): Promise<Record<string, number>> {
  const tables = ['contact', 'contact_channel', 'conversation', 'message', 'message_seen', 'activity', 'attachment']
  const counts = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.table(table)} where workspace_id = ${shop.id}`.execute(server.deps.db)
      return [table, rows[0]!.n] as const
    }),
  )
  return Object.fromEntries(counts)
}

const events = () =>
  server.deps.db.selectFrom('inbound_event').selectAll().where('workspace_id', '=', shop.id).orderBy('id').execute()

const makeDue = () =>
  server.deps.db
    .updateTable('inbound_event')
    .set({ next_attempt_at: sql`now()` })
    .where('workspace_id', '=', shop.id)
    .execute()

test('a first message makes a contact with an open conversation, unread, with all that led to it', async () => {
  await shop.hear(ana, 'Hola, ¿tenéis pan?', { firstName: 'Ana', lastName: 'Pérez', email: 'ana@example.com' })
  const { items } = await shop.owner.client.conversations.list({ view: 'unassigned' })
  expect(items).toMatchObject([{ displayName: 'Ana Pérez', kind: 'custom', status: 'open', unread: 1, assignee: null }])
  expect(items[0]!.snippet).toMatchObject({ direction: 'in', text: 'Hola, ¿tenéis pan?', type: 'text' })
  const contact = await shop.owner.client.contacts.get({ contactId: items[0]!.contactId })
  expect(contact.fields).toMatchObject({
    phone: { value: ana, source: 'channel' },
    email: { value: 'ana@example.com' },
    country: { value: 'ES' },
  })
  expect(contact.channels).toMatchObject([{ kind: 'custom', address: ana, connectedAt: expect.any(String) }])
  const thread = await shop.thread(items[0]!.contactId)
  expect(thread.map((item) => (item.type === 'event' ? item.event.kind : item.message.status))).toEqual([
    'contactChannelAdded',
    'opened',
    'received',
  ])
})

test('replays, three times and shuffled, change nothing', async () => {
  const people = [ana, '+34600000143', '+5215512345678']
  const posts = people.flatMap((from) =>
    Array.from({ length: 5 }, (_, at) => [from, textEvent(`mensaje ${at}`)] as const),
  )
  for (const [from, event] of posts) await shop.post(from, [event])
  await shop.ingest()
  const before = await census()
  expect(before).toMatchObject({ contact: 3, conversation: 3, message: 15 })
  const replays = Array.from({ length: 3 }, (_, round) => posts.map(([from, event]) => [from, event, round] as const))
    .flat()
    .sort(() => Math.random() - 0.5)
  // other bytes each time: the guard is the message's own id
  for (const [from, event, round] of replays) expect(await shop.post(from, [{ ...event, round }])).toBe(200)
  await shop.ingest()
  expect(await census()).toEqual(before)
  expect((await events()).every(({ state }) => state === 1)).toBe(true)
})

test('a hundred simultaneous first messages of one new address make one contact', async () => {
  const opened = (await openLine(server.deps, shop.id, shop.channelId))!
  const sender = { address: ana, addressKey: ana, profileName: 'Ana', phone: ana }
  await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      ingestMessage(server.deps, opened.line, opened.adapter, {
        type: 'message',
        extId: `m${at}`,
        sentAt: null,
        sender,
        body: { type: 'text', text: `hola ${at}` },
        files: [],
      }),
    ),
  )
  expect(await census()).toMatchObject({ contact: 1, contact_channel: 1, conversation: 1, message: 100 })
})

test('one message delivered fifty times in parallel is one message', async () => {
  const opened = (await openLine(server.deps, shop.id, shop.channelId))!
  const item = {
    type: 'message',
    extId: 'the one',
    sentAt: null,
    sender: { address: ana, addressKey: ana, profileName: null, phone: ana },
    body: { type: 'text', text: 'hola' },
    files: [],
  } as const
  await Promise.all(Array.from({ length: 50 }, () => ingestMessage(server.deps, opened.line, opened.adapter, item)))
  expect(await census()).toMatchObject({ contact: 1, conversation: 1, message: 1, message_seen: 1 })
})

test('messages stand in the order they came', async () => {
  const texts = Array.from({ length: 60 }, (_, at) => `línea ${at}`)
  for (const text of texts) await shop.post(ana, [textEvent(text)])
  await shop.ingest()
  expect(words(await shop.messages(await onlyContact(shop)))).toEqual(texts)
})

test('one unreadable item among a hundred stops none of the others, and stays with its raw copy', async () => {
  const items = Array.from({ length: 100 }, (_, at) =>
    at === 36 ? { type: 'message', mId: 5, message: 'nothing' } : textEvent(`línea ${at}`),
  )
  await shop.post(ana, items)
  await shop.ingest()
  expect(await census()).toMatchObject({ message: 99 })
  const [event] = await events()
  expect(event).toMatchObject({ state: 2, error: expect.any(String) })
  expect(event!.body.toString()).toContain('línea 99')
})

test('an event that fails again and again is set aside, and the next ones go on meanwhile', async () => {
  await shop.post(ana, [textEvent('veneno')])
  await shop.post(ana, [textEvent('bueno')])
  const custom = server.deps.adapters.get('custom')!
  const failing: ChannelAdapter = {
    ...custom,
    forSettings: () => failing,
    parse(line, event) {
      if (event.body.includes('veneno')) throw new Error('cannot')
      return custom.parse(line, event)
    },
  }
  const deps = { ...server.deps, adapters: { get: () => failing, kinds: ['custom'] as const } }
  await shop.ingest(deps)
  expect(words(await shop.messages(await onlyContact(shop)))).toEqual(['bueno'])
  expect((await events())[0]).toMatchObject({ state: 0, attempts: 1, error: 'cannot' })
  for (let attempt = 2; attempt <= 8; attempt++) {
    await makeDue()
    await shop.ingest(deps)
  }
  expect((await events())[0]).toMatchObject({ state: 2, attempts: 8, error: 'cannot' })
})

test('an event that brings the process down is taken alone, and at last not at all', async () => {
  await shop.post(ana, [textEvent('veneno')])
  await shop.post(ana, [textEvent('bueno')])
  const [poison] = await events()
  await server.deps.db
    .updateTable('inbound_event')
    .set({ attempts: 12 })
    .where('workspace_id', '=', shop.id)
    .where('id', '=', poison!.id)
    .execute()
  await shop.ingest()
  expect(words(await shop.messages(await onlyContact(shop)))).toEqual(['bueno'])
  expect((await events())[0]).toMatchObject({ state: 2 })
})

test('killed after the commit and before telling, the second run changes nothing and tells', async () => {
  await shop.hear(ana, 'hola')
  const before = await census()
  const heard: LiveEvent[] = []
  const stop = server.deps.live.watch({
    workspaceId: shop.id,
    access: () => ({ memberId: shop.owner.memberId, role: 'owner', restrictions: [], teamId: null }),
    send: (event) => heard.push(event),
    end: () => undefined,
  })
  await server.deps.db.updateTable('inbound_event').set({ state: 0 }).where('workspace_id', '=', shop.id).execute()
  await shop.ingest()
  expect(await census()).toEqual(before)
  await waitFor('the telling', () => heard.some((event) => event.type === 'conversation' && event.cause === 'message'))
  stop()
})

test('text that no database takes is taken all the same', async () => {
  await shop.hear(ana, 'a\u0000b \ud800 c', { firstName: 'A\u0000na' })
  expect(words(await shop.messages(await onlyContact(shop)))).toEqual(['a\ufffdb \ufffd c'])
})

test('an echo stands as sent by the business', async () => {
  await shop.post(ana, [{ ...textEvent('te llamo luego'), type: 'message_echo' }])
  await shop.ingest()
  const [message] = await shop.messages(await onlyContact(shop))
  expect(message).toMatchObject({ direction: 'out', status: 'sent', sender: { type: 'echo' } })
  expect(await shop.owner.client.conversations.counts({})).toEqual({ mine: 0, unassigned: 0, all: 0 })
})

test('who is known by phone in another spelling is joined, unless the names are two people’s', async () => {
  const { client } = shop.owner
  const known = await client.contacts.create({ values: { firstName: 'Lucía', phone: '+525512345678' } })
  await shop.hear('+5215512345678', 'hola', { firstName: 'Lucia' })
  expect(words(await shop.messages(known.id))).toEqual(['hola'])

  const father = await client.contacts.create({ values: { firstName: 'Ramón', phone: '+34600000150' } })
  await shop.hear('+34600000150', 'soy otra persona', { firstName: 'Beatriz' })
  expect(await shop.messages(father.id)).toEqual([])
  expect(await census()).toMatchObject({ contact: 3 })
})

test('two contacts with the phone are no answer: a new one is made', async () => {
  const { client } = shop.owner
  await client.contacts.create({ values: { firstName: 'Ana', phone: ana } })
  await client.contacts.create({ values: { firstName: 'Ana', phone: ana } })
  await shop.hear(ana, 'hola', { firstName: 'Ana' })
  expect(await census()).toMatchObject({ contact: 3, message: 1 })
})

test('a closed conversation opens anew as another episode, a snoozed one goes on', async () => {
  await shop.hear(ana, 'uno')
  const contactId = await onlyContact(shop)
  const { client } = shop.owner
  await client.conversations.close({ contactId, category: 'Resuelto', summary: 'todo bien' })
  expect((await client.conversations.list({ view: 'all', status: 'closed' })).items).toHaveLength(1)
  await shop.hear(ana, 'dos')
  await client.conversations.snooze({ contactId, until: new Date(Date.now() + 3_600_000).toISOString() })
  expect((await client.conversations.list({ view: 'all', status: 'snoozed' })).items).toHaveLength(1)
  await shop.hear(ana, 'tres')
  expect(await onlyContact(shop)).toBe(contactId)
  const episodes = await server.deps.db
    .selectFrom('conversation')
    .select(['incoming', 'closed_source', 'category', 'opened_source'])
    .where('workspace_id', '=', shop.id)
    .orderBy('id')
    .execute()
  expect(episodes).toEqual([
    { incoming: 1, closed_source: 'member', category: 'Resuelto', opened_source: 'contact' },
    { incoming: 2, closed_source: null, category: null, opened_source: 'contact' },
  ])
  const kinds = (await shop.thread(contactId)).map((item) => (item.type === 'event' ? item.event.kind : 'message'))
  expect(kinds).toEqual([
    'contactChannelAdded',
    'opened',
    'message',
    'closed',
    'opened',
    'message',
    'snoozed',
    'unsnoozed',
    'message',
  ])
})

test('a receipt that comes before its message is kept until the message is there', async () => {
  await shop.post(ana, [{ type: 'message_status', mId: 'later', timestamp: 1, status: { value: 'delivered' } }])
  await shop.ingest()
  expect((await events())[0]).toMatchObject({ state: 0, error: 'unmatched' })
  await shop.post(ana, [{ ...textEvent('eco', 'later'), type: 'message_echo' }])
  await shop.ingest()
  await makeDue()
  await shop.ingest()
  const [message] = await shop.messages(await onlyContact(shop))
  expect(message).toMatchObject({ status: 'delivered' })
})

test('receipts move a message forward only, in whatever order they come', async () => {
  await shop.post(ana, [{ ...textEvent('eco', 'm'), type: 'message_echo' }])
  for (const value of ['read', 'delivered', 'sent', 'failed', 'delivered'])
    await shop.post(ana, [{ type: 'message_status', mId: 'm', timestamp: Math.random(), status: { value } }])
  await shop.ingest()
  const [message] = await shop.messages(await onlyContact(shop))
  expect(message).toMatchObject({ status: 'read', failure: null })
})

test('a reaction stands on its message once, can be changed and taken back, and is only its thread’s own', async () => {
  const mId = await shop.hear(ana, 'mira')
  await shop.hear('+34600000199', 'otro')
  const { line } = (await openLine(server.deps, shop.id, shop.channelId))!
  const [, other] = await server.deps.db
    .selectFrom('contact_channel')
    .selectAll()
    .where('workspace_id', '=', shop.id)
    .orderBy('id')
    .execute()
  const [link] = await server.deps.db
    .selectFrom('contact_channel')
    .selectAll()
    .where('workspace_id', '=', shop.id)
    .orderBy('id')
    .execute()
  const react = (emoji: string | null, addressKey = link!.address_key, extId: string = randomUUID()) =>
    ingestReaction(server.deps, line, {
      type: 'reaction',
      extId,
      targetExtId: mId,
      sender: { address: ana, addressKey, profileName: null },
      emoji,
    })
  const shown = async () => (await shop.messages(link!.owner_id))[0]!.reactions
  await react('👍', link!.address_key, 'first')
  await react('❤️')
  await react('👍', link!.address_key, 'first')
  await react('😈', other!.address_key)
  expect(await shown()).toEqual([{ emoji: '❤️', from: 'contact' }])
  await react(null)
  expect(await shown()).toEqual([])
  expect(
    await ingestReaction(server.deps, line, {
      type: 'reaction',
      extId: 'x',
      targetExtId: 'nobody knows',
      sender: { address: ana, addressKey: link!.address_key, profileName: null },
      emoji: '👍',
    }),
  ).toBe('unmatched')
})

test('a paused line keeps what it had stored until it goes on', async () => {
  await shop.post(ana, [textEvent('antes')])
  await shop.owner.client.channels.pause({ channelId: shop.channelId })
  await shop.ingest()
  expect(await census()).toMatchObject({ message: 0 })
  await shop.owner.client.channels.resume({ channelId: shop.channelId })
  await shop.ingest()
  expect(await census()).toMatchObject({ message: 1 })
})

test('somebody known by phone who later hides it behind a name of the provider’s is still the same', async () => {
  const { line, adapter } = (await openLine(server.deps, shop.id, shop.channelId))!
  const say = (text: string, sender: { address: string; addressKey: string; otherKeys?: string[]; phone?: string }) =>
    ingestMessage(server.deps, line, adapter, {
      type: 'message',
      extId: text,
      sentAt: null,
      sender: { profileName: 'Ana', ...sender },
      body: { type: 'text', text },
      files: [],
    })
  await say('con teléfono', { address: ana, addressKey: 'p', otherKeys: ['ES.1'], phone: ana })
  await say('sin teléfono', { address: 'ES.1', addressKey: 'ES.1' })
  expect(await census()).toMatchObject({ contact: 1, contact_channel: 1, message: 2 })
})

test('the time left to answer counts from when it was written, however late and in whatever order it comes', async () => {
  const { line, adapter } = (await openLine(server.deps, shop.id, shop.channelId))!
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  const limited = { ...adapter, windowHours: 24 }
  const say = (extId: string, sentAt: Date, by: ChannelAdapter = limited) =>
    ingestMessage(server.deps, line, by, {
      type: 'message',
      extId,
      sentAt,
      sender: { address: ana, addressKey: ana, profileName: 'Ana', phone: ana },
      body: { type: 'text', text: extId },
      files: [],
    })
  const heard = async () => {
    const { channels } = await shop.owner.client.contacts.get({ contactId: await onlyContact(shop) })
    return channels[0]!.lastInAt!
  }
  const written = hoursAgo(30)
  await say('kept by the provider', written)
  expect(await heard()).toBe(written.toISOString())
  await say('newer', hoursAgo(2))
  await say('older', hoursAgo(20))
  expect(Date.parse(await heard())).toBeGreaterThan(hoursAgo(3).getTime())
  // a clock that is ahead gives no more time, and where nothing is limited no provider's clock counts
  await say('ahead', hoursAgo(-48))
  expect(Date.parse(await heard())).toBeLessThanOrEqual(Date.now())
  await say('unlimited', new Date(0), adapter)
  expect(Date.parse(await heard())).toBeGreaterThan(hoursAgo(1).getTime())
})
