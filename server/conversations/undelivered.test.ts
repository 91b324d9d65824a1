import { ORPCError } from '@orpc/client'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { cleanUp } from './clean-up.ts'
import { loseClaims } from './lose-claims.ts'
import { givenShop, words, type Shop } from './testing.ts'

const running = new AbortController().signal
const refused = { answer: { status: 400, body: { error: { message: 'no such person' } } } }

let server: TestServer
let double: CustomDouble
let shop: Shop
let ana: number
let bea: number

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.hear('+34600000142', 'hola', { firstName: 'Ana' })
  await shop.hear('+34600000143', 'hola', { firstName: 'Bea' })
  const { items } = await shop.owner.client.contacts.list({ q: '', limit: 10 })
  ana = items.find(({ displayName }) => displayName === 'Ana')!.id
  bea = items.find(({ displayName }) => displayName === 'Bea')!.id
  double.sent.length = 0
  double.calm()
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const say = (contactId: number, text: string, channelId = shop.channelId) =>
  shop.owner.client.conversations.send({ contactId, channelId, body: { type: 'text', text } })
const fails = async (contactId: number, text: string) => {
  const message = await say(contactId, text)
  double.trouble(refused)
  await shop.deliver(contactId)
  return message
}
const isLost = async (contactId: number, text: string) => {
  const message = await say(contactId, text)
  const sent = double.sent.length
  double.trouble('cut')
  await shop.deliver(contactId)
  // it may have arrived; what is counted here is what goes after it
  double.sent.length = sent
  return message
}
const listed = async (input: Parameters<Client['conversations']['undelivered']>[0] = {}, client?: Client) => {
  const { items } = await (client ?? shop.owner.client).conversations.undelivered(input)
  return words(items.map(({ message }) => message))
}
const sentTexts = () => double.sent.map(({ body }) => (body.message.type === 'text' ? body.message.text : ''))
const health = () => shop.owner.client.channels.health({ channelId: shop.channelId })
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'fine',
    (error: unknown) => (error instanceof ORPCError ? error.code : String(error)),
  )

describe('what did not go out', () => {
  test('stands in one list, newest first, with whom it was for and why; of one line, of one kind, page by page', async () => {
    await fails(ana, 'uno')
    await isLost(bea, 'dos')
    await fails(ana, 'tres')
    await say(bea, 'esta espera')
    const { items, total, next } = await shop.owner.client.conversations.undelivered({})
    expect(items).toMatchObject([
      {
        contact: { id: ana, displayName: 'Ana' },
        message: { status: 'failed', failure: { code: 'rejected', detail: 'no such person (400)' } },
      },
      { contact: { id: bea }, message: { status: 'unknown', failure: { code: 'maybe-sent' } } },
      { contact: { id: ana } },
    ])
    expect({ total, next }).toEqual({ total: 3, next: null })
    expect(await listed({ status: 'unknown' })).toEqual(['dos'])
    expect(await listed({ status: 'failed', channelId: shop.channelId })).toEqual(['tres', 'uno'])
    const { channel } = await givenCustom(server, shop.owner, double)
    expect(await listed({ channelId: channel.id })).toEqual([])
    expect(await codeOf(listed({ channelId: channel.id + 1000 }))).toBe('NOT_FOUND')

    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await shop.owner.client.conversations.undelivered({ limit: 1, cursor })
      seen.push(...words(page.items.map(({ message }) => message)))
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toEqual(['tres', 'dos', 'uno'])
  })

  test('is seen as far as its contacts are, and not of who is blocked', async () => {
    await fails(ana, 'uno')
    await fails(bea, 'dos')
    const narrowed = await givenMember(server, shop.id, { role: 'agent', restrictions: ['onlyMine'] })
    expect(await listed({}, narrowed.client)).toEqual([])
    await shop.owner.client.conversations.assign({ contactId: bea, memberId: narrowed.memberId })
    expect(await listed({}, narrowed.client)).toEqual(['dos'])
    expect((await narrowed.client.conversations.undelivered({})).total).toBeNull()
    await shop.owner.client.blocking.block({ contactId: bea })
    expect(await listed()).toEqual(['uno'])
  })

  test('names the lines that are gone and have something there, so that it can be narrowed to them', async () => {
    const { conversations, channels } = shop.owner.client
    await fails(ana, 'uno')
    const other = await givenCustom(server, shop.owner, double, 'phone')
    expect((await conversations.undelivered({})).removedChannels).toEqual([])
    await channels.remove({ channelId: shop.channelId })
    await channels.remove({ channelId: other.channel.id })
    const gone = { id: shop.channelId, kind: 'custom' }
    const page = await conversations.undelivered({ channelId: shop.channelId })
    expect(page).toMatchObject({ items: [{ message: { channelId: shop.channelId } }], removedChannels: [gone] })
    expect((await conversations.undelivered({})).removedChannels).toMatchObject([gone])
    expect(await codeOf(conversations.undelivered({ channelId: shop.channelId + 999 }))).toBe('NOT_FOUND')
  })

  test('is taken off it by who says that nothing is to be done: one in doubt counts as sent, one that failed stays so', async () => {
    const failed = await fails(ana, 'uno')
    const lost = await isLost(bea, 'dos')
    const { conversations } = shop.agent.client
    for (let time = 0; time < 2; time++) {
      expect(await conversations.settle({ contactId: bea, messageId: lost.id })).toMatchObject({
        status: 'sent',
        failure: null,
      })
      expect(await conversations.settle({ contactId: ana, messageId: failed.id })).toMatchObject({
        status: 'failed',
        failure: { code: 'rejected' },
      })
    }
    expect(await listed()).toEqual([])
    expect(await codeOf(conversations.settle({ contactId: ana, messageId: lost.id }))).toBe('NOT_FOUND')
    // who thinks better of it sends it again from the thread
    await conversations.sendAgain({ contactId: ana, messageId: failed.id })
    await shop.deliver(ana)
    expect(sentTexts()).toEqual(['uno'])
    // what was settled is nobody's to send
    expect(await conversations.sendAgain({ contactId: bea, messageId: lost.id })).toMatchObject({ status: 'sent' })
    await shop.deliver(bea)
    expect(sentTexts()).toEqual(['uno'])
  })

  test('goes out again all at once, oldest first and once each, but for what is in doubt or not to be sent', async () => {
    for (const text of ['uno', 'dos']) await fails(ana, text)
    await fails(bea, 'tres')
    await isLost(ana, 'quizá')
    const leaves = await shop.owner.client.contacts.create({ values: { firstName: 'Eva', phone: '+34600000144' } })
    await fails(leaves.id, 'cuatro')
    await shop.owner.client.optOuts.set({ contactId: leaves.id, channelId: shop.channelId })
    const again = () => shop.manager.client.conversations.sendAllAgain({ channelId: shop.channelId })
    expect(await codeOf(shop.agent.client.conversations.sendAllAgain({}))).toBe('FORBIDDEN')
    const answers = await Promise.all([again(), again(), again()])
    expect(answers.map(({ queued }) => queued).toSorted((a, b) => a - b)).toEqual([0, 0, 3])
    expect(answers[0]).toMatchObject({ left: [{ reason: 'opted-out', count: 1 }], next: null })
    await shop.deliver(ana)
    expect(sentTexts().toSorted()).toEqual(['dos', 'tres', 'uno'])
    expect(sentTexts().indexOf('uno')).toBeLessThan(sentTexts().indexOf('dos'))
    expect(await listed()).toEqual(['cuatro', 'quizá'])
    await shop.owner.client.channels.pause({ channelId: shop.channelId })
    expect(await again()).toMatchObject({ queued: 0, left: [{ reason: 'opted-out', count: 1 }] })
  })

  test('goes out batch by batch where there is much', async () => {
    const { id } = await fails(ana, 'uno')
    await sql`
      with copies as (
        insert into message select (m).* from (select jsonb_populate_record(m, jsonb_build_object('id', m.id + n)) as m
          from message m, generate_series(1, 250) n where m.workspace_id = ${shop.id} and m.id = ${id}) as more
        returning workspace_id, id
      )
      insert into delivery (workspace_id, message_id, contact_id, channel_id, contact_channel_id, state)
      select c.workspace_id, c.id, d.contact_id, d.channel_id, d.contact_channel_id, 9
      from copies c join delivery d on d.workspace_id = c.workspace_id and d.message_id = ${id}`.execute(server.deps.db)
    const first = await shop.owner.client.conversations.sendAllAgain({})
    expect(first.queued).toBe(200)
    expect(await shop.owner.client.conversations.sendAllAgain({ cursor: first.next })).toEqual({
      queued: 51,
      left: [],
      next: null,
    })
    expect(await health()).toMatchObject({ queued: 251, undelivered: { failed: 0, unknown: 0 } })
  })
})

describe('how a line does', () => {
  test('is counted by the hour: tried, refused, returned, in doubt; what waits, and what is to be looked at', async () => {
    await say(ana, 'sale')
    await shop.deliver(ana)
    await fails(ana, 'no sale')
    await isLost(bea, 'quizá')
    const { mId } = double.sent[0]!
    await shop.post('+34600000142', [
      { type: 'message_status', mId, timestamp: 1, status: { value: 'failed', message: 'gone' } },
    ])
    await shop.ingest()
    await say(bea, 'espera')
    const day = { tried: 3, failed: 2, unknown: 1 }
    expect(await health()).toMatchObject({
      channel: { id: shop.channelId, state: 'connected', holdup: null, lastInAt: expect.any(String) },
      day,
      week: day,
      queued: 1,
      undelivered: { failed: 2, unknown: 1 },
    })
    await server.deps.db
      .updateTable('line_hour')
      .set({ hour: sql`hour - interval '30 hours'` })
      .where('workspace_id', '=', shop.id)
      .execute()
    expect(await health()).toMatchObject({ day: { tried: 0, failed: 0, unknown: 0 }, week: day })
    await cleanUp(server.deps, new Date(Date.now() + 9 * 24 * 3600 * 1000), running)
    expect(await health()).toMatchObject({ week: { tried: 0 } })
  })

  test('knows of what was under way when a process ended', async () => {
    await say(ana, 'uno')
    await server.deps.db
      .updateTable('delivery')
      .set({ state: 1, claimed_at: new Date(0), claimed_by: server.deps.slot })
      .where('workspace_id', '=', shop.id)
      .execute()
    await loseClaims(server.deps, { mine: true })
    expect(await health()).toMatchObject({ day: { tried: 1, unknown: 1 }, undelivered: { unknown: 1 } })
  })

  test('counts to a thousand, whatever went by it', async () => {
    const { id } = await fails(ana, 'uno')
    await sql`
      insert into delivery (workspace_id, message_id, contact_id, channel_id, contact_channel_id, state)
      select workspace_id, message_id - n, contact_id, channel_id, contact_channel_id, (array[2, 2, 2, 9, 8])[n % 5 + 1]
      from delivery, generate_series(1, 50000) n where workspace_id = ${shop.id} and message_id = ${id}`.execute(
      server.deps.db,
    )
    await sql`analyze delivery`.execute(server.deps.db)
    expect((await health()).undelivered.failed).toBeGreaterThan(100)
    expect((await shop.owner.client.conversations.undelivered({ limit: 50 })).total).toBe(1000)
  })

  test('is for owners and managers', async () => {
    const ask = (client: Client) => codeOf(client.channels.health({ channelId: shop.channelId }))
    expect(await ask(shop.manager.client)).toBe('fine')
    expect(await ask(shop.agent.client)).toBe('FORBIDDEN')
  })
})
