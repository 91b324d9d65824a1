import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import type { Client } from '../testing/client.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMember, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givenShop, onlyContact, type Shop } from './testing.ts'

const code = 'Tu código de acceso es 481516'
const person = { firstName: 'Berta', lastName: 'Escondida', email: 'berta@escondida.example' }
const phone = '+34600000142'

let server: TestServer
let double: CustomDouble
let shop: Shop
/** Sees only what is assigned to them; the one contact there is, is not. */
let narrowed: GivenMember
let hidden: number

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  narrowed = await givenMember(server, shop.id, { restrictions: ['onlyMine'] })
  await shop.hear(phone, code, person)
  hidden = await onlyContact(shop)
  await shop.owner.client.conversations.assign({ contactId: hidden, memberId: shop.agent.memberId })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const end = (act: Promise<unknown>) =>
  act.then(
    (answer) => answer,
    (error: { code: string; message: string; data?: unknown }) => [error.code, error.message, error.data],
  )

test('whatever a narrowed member searches for, a hidden contact is as one that does not exist', async () => {
  const { conversations } = narrowed.client
  const known = [
    person.firstName,
    'berta escondida',
    person.email,
    phone,
    '600 000 142',
    '142',
    '481516',
    String(hidden),
  ]
  for (const view of ['mine', 'unassigned', 'all'] as const)
    for (const status of ['open', 'closed', 'snoozed'] as const)
      for (const q of known)
        expect(await conversations.list({ view, status, q })).toEqual(
          await conversations.list({ view, status, q: 'nadie que exista' }),
        )
  expect((await conversations.list({ view: 'all' })).items).toEqual([])
  expect(await conversations.counts({})).toEqual({ mine: 0, unassigned: 0, all: 0 })
  // whoever sees it, finds it: the searches were good ones
  const found = await shop.agent.client.conversations.list({ view: 'all', q: person.email })
  expect(found.items).toMatchObject([{ contactId: hidden }])
})

test('nothing that can be done with a contact tells a hidden one from one that never was', async () => {
  const [message] = await shop.messages(hidden)
  const acts: ((client: Client, contactId: number) => Promise<unknown>)[] = [
    ({ contacts }, contactId) => contacts.get({ contactId }),
    ({ contacts }, contactId) => contacts.update({ contactId, values: { phone } }),
    ({ conversations }, contactId) => conversations.thread({ contactId }),
    ({ conversations }, contactId) => conversations.emailHtml({ contactId, messageId: message!.id }),
    ({ conversations }, contactId) => conversations.send({ contactId, body: { type: 'text', text: 'x' } }),
    ({ conversations }, contactId) => conversations.sendAgain({ contactId, messageId: message!.id }),
    ({ conversations }, contactId) =>
      conversations.addNote({ contactId, text: 'x', mentions: [narrowed.memberId, shop.agent.memberId] }),
    ({ conversations }, contactId) => conversations.assign({ contactId, memberId: narrowed.memberId }),
    ({ conversations }, contactId) => conversations.close({ contactId }),
    ({ conversations }, contactId) => conversations.open({ contactId }),
    ({ conversations }, contactId) =>
      conversations.snooze({ contactId, until: new Date(Date.now() + 3_600_000).toISOString() }),
    ({ conversations }, contactId) => conversations.markRead({ contactId, upTo: message!.id }),
  ]
  for (const act of acts) {
    const answer = await end(act(narrowed.client, hidden))
    expect(answer).toEqual(await end(act(narrowed.client, 987_654)))
    expect(answer).toEqual(['NOT_FOUND', expect.any(String), undefined])
  }
})

test('what was merged by somebody who sees more is neither shown to who does not, nor undone by them', async () => {
  const { client } = shop.owner
  const [one, two] = [
    (await client.contacts.create({ values: { firstName: 'Ajena' } })).id,
    (await client.contacts.create({ values: { firstName: 'Ajena dos' } })).id,
  ]
  const { mergeId } = await client.merging.merge({ contactIds: [one, two], survivorId: one })
  expect(await end(narrowed.client.merging.undo({ mergeId }))).toEqual(
    await end(narrowed.client.merging.undo({ mergeId: 987_654 })),
  )
  expect((await client.contacts.get({ contactId: two })).id).toBe(one)
  await client.merging.undo({ mergeId })
})

test('a narrowed member’s browser hears of their own contacts only', async () => {
  const stop = new AbortController()
  const stream = await narrowed.client.live.watch(undefined, { signal: stop.signal })
  expect((await stream.next()).value).toEqual({ type: 'ready' })
  await shop.hear(phone, 'otro secreto')
  await shop.owner.client.contacts.update({ contactId: hidden, values: { lastName: 'Otra' } })
  const mine = await shop.owner.client.contacts.create({ values: { firstName: 'Mía' } })
  await shop.owner.client.conversations.assign({ contactId: mine.id, memberId: narrowed.memberId })
  // events come in order: what was said of the hidden one would have come before
  const heard: LiveEvent[] = []
  while (heard.at(-1)?.type !== 'conversation') heard.push((await stream.next()).value as LiveEvent)
  // that they were given one is told to them alone
  expect(heard.filter(({ type }) => type !== 'notifications')).toMatchObject([{ contactId: mine.id }])
  stop.abort()
})

test('a note never leaves, and its words are found by nobody outside', async () => {
  const before = double.requests.length
  await shop.owner.client.conversations.addNote({ contactId: hidden, text: 'no fiarle nada' })
  await shop.owner.client.conversations.send({ contactId: hidden, body: { type: 'text', text: 'Buenos días' } })
  await shop.deliver(hidden)
  const handed = double.requests.slice(before).map(({ body }) => body.toString())
  expect(handed).toHaveLength(1)
  expect(handed[0]).toContain('Buenos días')
  expect(handed[0]).not.toContain('fiarle')
})
