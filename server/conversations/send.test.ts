import { ORPCError } from '@orpc/client'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { loseClaims } from './lose-claims.ts'
import { ringAgain } from './ring-again.ts'
import { givenShop, onlyContact, words, type Shop } from './testing.ts'

const ana = '+34600000142'
const running = new AbortController().signal

let server: TestServer
let double: CustomDouble
let shop: Shop
let contactId: number

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.hear(ana, 'hola', { firstName: 'Ana' })
  contactId = await onlyContact(shop)
  double.sent.length = 0
  double.calm()
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const say = (text: string, more: object = {}) =>
  shop.owner.client.conversations.send({ contactId, body: { type: 'text', text }, ...more })
const sentTexts = () => double.sent.map(({ body }) => (body.message.type === 'text' ? body.message.text : ''))
const refusalOf = async (act: Promise<unknown>): Promise<string | undefined> => {
  const error: unknown = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ORPCError)) return undefined
  const data = error.data as { reason?: string; fields?: { reason?: string }[] } | undefined
  return data?.reason ?? data?.fields?.[0]?.reason ?? error.code
}
const last = async () => (await shop.messages(contactId)).at(-1)!
const jobs = async (name: string) => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pgboss.job
    where name = ${name} and data ->> 'workspaceId' = ${String(shop.id)}`.execute(server.deps.db)
  return rows[0]!.n
}
const changeDelivery = (set: Record<string, unknown>) =>
  server.deps.db.updateTable('delivery').set(set).where('workspace_id', '=', shop.id).execute()

test('a message stands in the thread at once, goes out, and its receipts move it on', async () => {
  const message = await say('buenos días')
  expect(message).toMatchObject({
    direction: 'out',
    status: 'queued',
    sender: { type: 'member', name: shop.owner.name },
    body: { type: 'text', text: 'buenos días' },
  })
  expect(await jobs('deliver-messages')).toBe(1)
  await shop.deliver(contactId)
  expect(sentTexts()).toEqual(['buenos días'])
  expect(await last()).toMatchObject({ id: message.id, status: 'sent', failure: null })
  const { mId } = double.sent[0]!
  for (const value of ['read', 'delivered'])
    await shop.post(ana, [{ type: 'message_status', mId, timestamp: 1, status: { value } }])
  await shop.ingest()
  expect(await last()).toMatchObject({ status: 'read' })
  const contact = await shop.owner.client.contacts.get({ contactId })
  expect(contact.channels[0]!.lastOutAt).not.toBeNull()
})

test('messages go out in the order they were written, and one that waits holds back those after it', async () => {
  const texts = ['uno', 'dos', 'tres']
  for (const text of texts) await say(text)
  double.trouble({ answer: { status: 503, body: {} } })
  await shop.deliver(contactId)
  await shop.deliver(contactId)
  expect(sentTexts()).toEqual([])
  expect((await shop.messages(contactId)).slice(1).map(({ status }) => status)).toEqual(['queued', 'queued', 'queued'])
  await changeDelivery({ next_attempt_at: sql`now()` })
  await shop.deliver(contactId)
  expect(sentTexts()).toEqual(texts)
})

test('a provider that stays away for a day makes it a failure, with the reason, and it can be sent again', async () => {
  await say('uno')
  await changeDelivery({ attempts: 18 })
  double.trouble({ answer: { status: 503, body: { error: { message: 'closed for holidays' } } } })
  await shop.deliver(contactId)
  expect(await last()).toMatchObject({
    status: 'failed',
    failure: { code: 'provider-unavailable', detail: expect.stringContaining('closed for holidays'), canRetry: true },
  })
})

test('a refusal in words that no database keeps is written down all the same', async () => {
  await say('uno')
  double.trouble({ answer: { status: 400, body: { error: { message: 'no\u0000 \ud800' } } } })
  await shop.deliver(contactId)
  expect(await last()).toMatchObject({
    status: 'failed',
    failure: { code: 'rejected', detail: 'no\ufffd \ufffd (400)' },
  })
})

test('pressing send again ten times at once is one new attempt', async () => {
  const { id: messageId } = await say('uno')
  double.trouble({ answer: { status: 400, body: { error: { message: 'no' } } } })
  await shop.deliver(contactId)
  expect(await last()).toMatchObject({ status: 'failed', failure: { code: 'rejected' } })
  const requests = double.requests.length
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => shop.agent.client.conversations.sendAgain({ contactId, messageId })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'queued'))
  await Promise.all([shop.deliver(contactId), shop.deliver(contactId), shop.deliver(contactId)])
  expect(double.requests.length - requests).toBe(1)
  expect(await last()).toMatchObject({ status: 'sent', failure: null })
  expect(await shop.agent.client.conversations.sendAgain({ contactId, messageId })).toMatchObject({ status: 'sent' })
  await shop.deliver(contactId)
  expect(double.requests.length - requests).toBe(1)
})

test('an answer that never comes is unknown, not failed, and nothing is sent twice without a person', async () => {
  const { id: messageId } = await say('una vez')
  double.trouble('cut')
  await shop.deliver(contactId)
  expect(await last()).toMatchObject({ status: 'unknown', failure: { code: 'maybe-sent', canRetry: true } })
  await ringAgain(server.deps, running)
  await shop.deliver(contactId)
  expect(sentTexts()).toEqual(['una vez'])
  await shop.owner.client.conversations.sendAgain({ contactId, messageId })
  await shop.deliver(contactId)
  expect(sentTexts()).toEqual(['una vez', 'una vez'])
  expect(new Set(double.sent.map(({ key }) => key))).toEqual(new Set([String(messageId)]))
})

test.each([
  ['as soon as its process is gone', { claimed_by: 7 }],
  ['once it has been silent for longer than any call', { claimed_at: new Date(Date.now() - 600_000) }],
])('a crash between claim and outcome is unknown %s, and the next ones go on', async (_when, left) => {
  await say('uno')
  await changeDelivery({ state: 1, claimed_at: sql`now()`, claimed_by: server.deps.slot, attempts: 1 })
  await say('dos')
  await ringAgain(server.deps, running)
  await shop.deliver(contactId)
  expect(sentTexts()).toEqual([])
  await server.deps.db
    .updateTable('delivery')
    .set(left)
    .where('workspace_id', '=', shop.id)
    .where('state', '=', 1)
    .execute()
  await sql`delete from pgboss.job`.execute(server.deps.db)
  await ringAgain(server.deps, running)
  expect(await jobs('deliver-messages')).toBe(1)
  await shop.deliver(contactId)
  expect((await shop.messages(contactId)).slice(1).map(({ status }) => status)).toEqual(['unknown', 'sent'])
  expect(sentTexts()).toEqual(['dos'])
})

test('a process that begins finds what its place on the database left behind', async () => {
  await say('uno')
  await changeDelivery({ state: 1, claimed_at: sql`now()`, claimed_by: server.deps.slot, attempts: 1 })
  await loseClaims(server.deps, { mine: true })
  expect(await last()).toMatchObject({ status: 'unknown', failure: { code: 'maybe-sent' } })
})

test('lost doorbells are rung again: stored events, queued messages', async () => {
  await say('uno')
  await shop.post(ana, [{ type: 'message', mId: 'm', message: { type: 'text', text: 'x' } }])
  await waitFor('the first ring', async () => (await jobs('ingest-channel')) > 0)
  await sql`delete from pgboss.job`.execute(server.deps.db)
  await ringAgain(server.deps, running)
  expect([await jobs('deliver-messages'), await jobs('ingest-channel')]).toEqual([1, 1])
})

describe('a line on which nothing gets through rests', () => {
  const line = async () => (await shop.agent.client.channels.list({})).items.find(({ id }) => id === shop.channelId)!
  const endRest = async () => {
    const { holdup } = await server.deps.db
      .selectFrom('channel')
      .select('holdup')
      .where('workspace_id', '=', shop.id)
      .where('id', '=', shop.channelId)
      .executeTakeFirstOrThrow()
    const over = JSON.stringify({ ...(holdup as object), until: new Date(Date.now() - 1000).toISOString() })
    await server.deps.db.updateTable('channel').set({ holdup: over }).where('workspace_id', '=', shop.id).execute()
  }
  const down = { answer: { status: 503, body: { error: { message: 'back soon' } } } } as const
  const written = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, at) => {
        const { contacts, conversations } = shop.owner.client
        const { id } = await contacts.create({ values: { phone: `+3460000${1000 + at}` } })
        const text = `a ${id}`
        await conversations.send({ contactId: id, channelId: shop.channelId, body: { type: 'text', text } })
        return text
      }),
    )

  test('at fault: it says so, keeps what is queued with the reason, and sends it once it has been put right', async () => {
    await say('uno')
    await say('dos')
    double.trouble({ answer: { status: 401, body: {} } })
    await shop.deliver(contactId)
    expect(await line()).toMatchObject({ state: 'broken', problem: { code: 'token-refused' } })
    expect(await last()).toMatchObject({ status: 'queued', failure: null })
    expect((await shop.messages(contactId)).at(-2)).toMatchObject({
      status: 'queued',
      failure: { code: 'token-refused', canRetry: false },
    })
    await shop.deliver(contactId)
    expect(double.requests.at(-1)).toBe(double.requests.findLast(({ path }) => path === '/message'))
    expect(sentTexts()).toEqual([])
    await endRest()
    await shop.deliver(contactId)
    expect(sentTexts()).toEqual(['uno', 'dos'])
    expect(await line()).toMatchObject({ state: 'connected', problem: null, holdup: null })
  })

  test('for a second, asked by the provider: a call that hangs meanwhile does not make it longer', async () => {
    const texts = await written(26)
    double.trouble('drop', { answer: { status: 429, headers: { 'retry-after': '1' }, body: {} } })
    const delivering = shop.deliver(contactId)
    await waitFor('all but the one that hangs', () => sentTexts().length === texts.length - 1)
    double.calm()
    await delivering
    expect((await shop.owner.client.conversations.undelivered({})).items).toHaveLength(1)
  })

  test('never for a call that hangs: who is written to meanwhile hears at once', async () => {
    const [first] = await written(1)
    double.trouble('drop')
    const calls = double.requests.length
    const delivering = shop.deliver(contactId)
    await waitFor('the call that hangs', () => double.requests.length > calls)
    await say('dos')
    await waitFor('the one after it', () => sentTexts().length > 0, 5000)
    expect(sentTexts()).toEqual(['dos'])
    double.calm()
    await delivering
    expect((await shop.owner.client.conversations.undelivered({})).items).toMatchObject([
      { message: { body: { text: first } } },
    ])
  })

  test('never because somebody holds its messages for a moment', async () => {
    await say('uno')
    await sql`delete from pgboss.job`.execute(server.deps.db)
    await server.deps.db.transaction().execute(async (tx) => {
      await tx.selectFrom('delivery').select('message_id').where('workspace_id', '=', shop.id).forUpdate().execute()
      await shop.deliver(contactId)
    })
    expect(sentTexts()).toEqual([])
    await waitFor('another ring', async () => (await jobs('deliver-messages')) === 1)
  })

  test('away: five setbacks in a row hold back the rest, one message tries it, and its success lets all go', async () => {
    const texts = await written(26)
    const before = double.requests.length
    double.trouble(...Array.from({ length: 26 }, () => down))
    await shop.deliver(contactId)
    // those under way when the fifth came back, and hardly more
    expect(double.requests.length - before).toBeLessThan(26)
    expect(await line()).toMatchObject({
      holdup: { code: 'provider-unavailable', detail: expect.stringContaining('back soon') },
    })
    await endRest()
    const tried = double.requests.length
    await shop.deliver(contactId)
    expect(double.requests.length - tried).toBe(1)
    double.calm()
    await endRest()
    await shop.deliver(contactId)
    expect(await line()).toMatchObject({ holdup: null })
    expect(sentTexts().toSorted()).toEqual(texts.toSorted())
  })

  test('told that it is too much: as long as the provider says', async () => {
    await say('uno')
    double.trouble({ answer: { status: 429, headers: { 'retry-after': '30' }, body: {} } })
    await shop.deliver(contactId)
    const { holdup } = await line()
    const seconds = (Date.parse(holdup!.until) - Date.now()) / 1000
    expect(holdup!.code).toBe('rate-limited')
    expect(seconds).toBeGreaterThan(25)
    expect(seconds).toBeLessThanOrEqual(38)
    await say('dos')
    await shop.deliver(contactId)
    expect(sentTexts()).toEqual([])
  })
})

test('an answer opens a closed conversation and counts as the first response', async () => {
  await shop.owner.client.conversations.close({ contactId })
  await say('una cosa más')
  expect(await onlyContact(shop)).toBe(contactId)
  await shop.hear(ana, 'dime')
  await say('nada')
  const episodes = await server.deps.db
    .selectFrom('conversation')
    .select(['opened_source', 'incoming', 'outgoing', 'first_response_at'])
    .where('workspace_id', '=', shop.id)
    .orderBy('id')
    .execute()
  expect(episodes).toMatchObject([
    { opened_source: 'contact', incoming: 1, outgoing: 0, first_response_at: null },
    { opened_source: 'member', incoming: 1, outgoing: 2, first_response_at: expect.any(Date) },
  ])
})

test('an answer quotes the message it answers', async () => {
  const [first] = await shop.messages(contactId)
  const message = await say('a eso', { replyTo: first!.id })
  expect(message.replyTo).toEqual({ messageId: first!.id, text: 'hola', type: 'text' })
})

describe('what cannot be sent is refused with its reason, and leaves nothing behind', () => {
  test('nothing to say, a wrong copy, a foreign or paused or removed channel', async () => {
    const other = await givenShop(server, double)
    expect(await refusalOf(say('  '))).toBe('empty')
    expect(
      await refusalOf(
        shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'x', cc: ['no mail'] } }),
      ),
    ).toBe('format')
    expect(await refusalOf(say('x', { channelId: other.channelId + 1000 }))).toBe('NOT_FOUND')
    expect(
      await refusalOf(
        shop.owner.client.conversations.send({
          contactId,
          body: { type: 'template', name: 'a', language: 'es', variables: {} },
        }),
      ),
    ).toBe('templates-not-here')
    await shop.owner.client.channels.pause({ channelId: shop.channelId })
    expect(await refusalOf(say('x'))).toBe('channel-paused')
    expect(await jobs('deliver-messages')).toBe(0)
    await shop.owner.client.channels.remove({ channelId: shop.channelId })
    expect(await refusalOf(say('x'))).toBe('channel-deleted')
    expect(await shop.messages(contactId)).toHaveLength(1)
  })

  test('somebody blocked', async () => {
    await shop.owner.client.blocking.block({ contactId })
    expect(await refusalOf(say('x'))).toBe('blocked')
  })

  test('nobody to write to: no phone, no channel, an address that is another’s', async () => {
    const { contacts, conversations } = shop.owner.client
    const { channelId } = shop
    const body = { type: 'text', text: 'x' } as const
    const nobody = await contacts.create({ values: { firstName: 'Nadie' } })
    expect(await refusalOf(conversations.send({ contactId: nobody.id, body }))).toBe('no-channel')
    expect(await refusalOf(conversations.send({ contactId: nobody.id, body, channelId }))).toBe('no-address')
    const twin = await contacts.create({ values: { firstName: 'Otra', phone: ana } })
    expect(await refusalOf(conversations.send({ contactId: twin.id, body, channelId }))).toBe('address-of-another')
  })

  test('where only the contact can start', async () => {
    const custom = await givenShop(server, double, 'custom')
    const { client } = custom.owner
    const somebody = await client.contacts.create({ values: { phone: ana } })
    const sending = client.conversations.send({
      contactId: somebody.id,
      body: { type: 'text', text: 'x' },
      channelId: custom.channelId,
    })
    expect(await refusalOf(sending)).toBe('only-contact-can-start')
  })
})

test('the first message to a contact’s phone links them to the channel once, and the link lives from the first accepted one', async () => {
  const { contacts, conversations } = shop.owner.client
  const { channelId } = shop
  const { id } = await contacts.create({ values: { firstName: 'Bea', phone: '+34600000777' } })
  await Promise.all(
    ['uno', 'dos', 'tres'].map((text) =>
      conversations.send({ contactId: id, channelId, body: { type: 'text', text } }),
    ),
  )
  expect((await contacts.get({ contactId: id })).channels).toMatchObject([
    { connectedAt: null, address: '+34600000777' },
  ])
  await shop.deliver(id)
  expect(double.sent.map(({ body }) => body.contactId)).toEqual(['+34600000777', '+34600000777', '+34600000777'])
  const { channels } = await contacts.get({ contactId: id })
  expect(channels).toMatchObject([{ connectedAt: expect.any(String) }])
  await shop.hear('+34600000777', 'hola')
  expect(words(await shop.messages(id)).at(-1)).toBe('hola')
})

test('a first message in and a first message out at the same moment meet in one link', async () => {
  const { contacts, conversations } = shop.owner.client
  const { channelId } = shop
  const { id } = await contacts.create({ values: { firstName: 'Bea', phone: '+34600000778' } })
  await Promise.all([
    shop.hear('+34600000778', 'hola', { firstName: 'Bea' }),
    conversations.send({ contactId: id, channelId, body: { type: 'text', text: 'hola tú' } }),
  ])
  expect(await shop.messages(id)).toHaveLength(2)
  expect((await contacts.get({ contactId: id })).channels).toHaveLength(1)
})
