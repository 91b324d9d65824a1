import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenShop, words, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const first = '+34600000142'
const second = '+34600000143'

let server: TestServer
let double: CustomDouble
let shop: Shop
let ana: number
let anita: number

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.hear(first, 'hola, soy Ana', { firstName: 'Ana', email: 'ana@example.com' })
  await shop.hear(second, 'soy yo otra vez', { firstName: 'Anita', lastName: 'Pérez' })
  ana = await idOf(first)
  anita = await idOf(second)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

async function idOf(q: string): Promise<number> {
  const { items } = await shop.owner.client.contacts.list({ q })
  return items[0]!.id
}

const lastOf = async (contactId: number) => (await shop.messages(contactId)).at(-1)!.id
const merge = () => shop.owner.client.merging.merge({ contactIds: [ana, anita] })

test('undone at once, both are exactly who they were', async () => {
  const { contacts, merging, conversations } = shop.owner.client
  const see = async () => ({
    ana: await contacts.get({ contactId: ana }),
    anita: await contacts.get({ contactId: anita }),
    inbox: await conversations.list({ view: 'all' }),
    list: await contacts.list({ sort: 'added' }),
    found: await contacts.list({ q: 'Pérez' }),
  })
  const before = await see()
  const { mergeId, contact } = await merge()
  expect(contact.displayName).toBe('Ana Pérez')
  expect((await conversations.list({ view: 'all' })).items).toMatchObject([{ contactId: ana, unread: 2 }])
  const { contacts: back } = await merging.undo({ mergeId })
  expect(back.map(({ id }) => id)).toEqual([ana, anita])
  const after = await see()
  const sameButVersion = (seen: typeof before) =>
    JSON.parse(JSON.stringify(seen, (key, value) => (key === 'version' ? 0 : value))) as unknown
  expect(sameButVersion(after)).toEqual(sameButVersion(before))
})

test('what each wrote meanwhile goes with the address it came by, and nobody’s is overlooked', async () => {
  const { merging, conversations } = shop.owner.client
  const { mergeId } = await merge()
  await shop.hear(second, 'ya pagué')
  expect(words(await shop.messages(anita))).toEqual(['hola, soy Ana', 'soy yo otra vez', 'ya pagué'])
  const plan = await merging.undoPlan({ mergeId })
  expect(plan.returning).toMatchObject([{ contactId: anita, messages: 2, messagesSince: 1, opensConversation: true }])
  await merging.undo({ mergeId, fingerprint: plan.fingerprint })
  expect(words(await shop.messages(ana))).toEqual(['hola, soy Ana'])
  expect(words(await shop.messages(anita))).toEqual(['soy yo otra vez', 'ya pagué'])
  const { items } = await conversations.list({ view: 'all' })
  expect(items.map(({ contactId, unread }) => [contactId, unread])).toEqual([
    [anita, 2],
    [ana, 1],
  ])
})

test('who had read one of the two alone has nothing of the one record behind them, and can read it', async () => {
  const { conversations } = shop.manager.client
  await conversations.markRead({ contactId: ana, upTo: await lastOf(ana) })
  const { mergeId } = await merge()
  const thread = await conversations.thread({ contactId: ana })
  expect(thread.readUpTo).toBeNull()
  await conversations.markRead({ contactId: ana, upTo: await lastOf(ana) })
  expect((await conversations.list({ view: 'all' })).items).toMatchObject([{ contactId: ana, unread: 0 }])
  await shop.owner.client.merging.undo({ mergeId })
  expect((await conversations.list({ view: 'all', unreadOnly: true })).items).toEqual([])
})

test('a conversation in which nothing has come in is read, and can be called unread', async () => {
  const { client } = shop.owner
  const { id } = await client.contacts.create({ values: { firstName: 'Rosa' } })
  await client.conversations.markRead({ contactId: id, upTo: null })
  expect((await client.conversations.thread({ contactId: id })).readUpTo).toBeNull()
})

test('what somebody changed since stays, and the plan says so', async () => {
  const { merging, contacts } = shop.owner.client
  const { mergeId } = await merge()
  await contacts.update({ contactId: anita, values: { lastName: 'Pérez Gil' } })
  const plan = await merging.undoPlan({ mergeId })
  expect(plan.stays).toMatchObject([{ field: 'lastName', value: 'Pérez Gil', by: 'Olga Dueñas' }])
  expect(plan.goesBack).toEqual([])
  await merging.undo({ mergeId })
  expect((await contacts.get({ contactId: ana })).displayName).toBe('Ana Pérez Gil')
  expect((await contacts.get({ contactId: anita })).displayName).toBe('Anita Pérez')
})

test('two merges, one above the other, are undone at the same moment: both are', async () => {
  const { merging, contacts } = shop.owner.client
  const { id: rosa } = await contacts.create({ values: { firstName: 'Rosa' } })
  for (let round = 0; round < 20; round++) {
    const below = await merging.merge({ contactIds: [ana, anita], survivorId: ana })
    const above = await merging.merge({ contactIds: [ana, rosa], survivorId: rosa })
    await Promise.all([below, above].map(({ mergeId }) => merging.undo({ mergeId })))
    const alone = await Promise.all([ana, anita, rosa].map((contactId) => contacts.get({ contactId })))
    expect(alone.map(({ id, absorbed }) => [id, absorbed.length])).toEqual([ana, anita, rosa].map((id) => [id, 0]))
  }
})
