import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, onlyContact } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let double: CustomDouble
beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute)

test('a workspace in which nothing has happened yet says so in noughts, for seven days up to today', async () => {
  const { owner } = await givenWorkspace(server)
  const said = await owner.client.dashboard.get()
  expect(said).toMatchObject({
    open: { all: 0, mine: 0, unassigned: 0, oldestUnassigned: null },
    firstResponse: { seconds: null, answered: 0 },
    newContacts: 0,
    activeContacts: 0,
    channels: [],
    waiting: { count: 0, overAnHour: 0, items: [] },
  })
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format()
  expect(said.days.map(({ day }) => day).at(-1)).toBe(today)
  expect(said.days).toHaveLength(7)
  expect(said.members.count).toBe(3)
})

test('open, whose, since when, who waits and for how long: as it is now', async () => {
  const shop = await givenShop(server, double)
  const { client } = shop.owner
  await shop.hear('+34600000141', 'hola', { firstName: 'Ana' })
  const ana = await onlyContact(shop)
  await shop.hear('+34600000142', 'buenas', { firstName: 'Bea' })
  await shop.hear('+34600000142', '¿hola?')
  const { items } = await client.conversations.list({ view: 'all' })
  const bea = items.find(({ contactId }) => contactId !== ana)!.contactId
  await client.conversations.assign({ contactId: ana, memberId: shop.owner.memberId })
  // a note is no answer
  await client.conversations.addNote({ contactId: ana, text: 'pide el azul' })

  const before = await client.dashboard.get()
  expect(before.open).toMatchObject({ all: 2, mine: 1, unassigned: 1, oldestUnassigned: expect.any(String) })
  expect(before).toMatchObject({ newContacts: 2, activeContacts: 2 })
  expect(before.days.at(-1)).toMatchObject({ opened: 2, closed: 0 })
  expect(before.channels).toEqual([{ kind: 'custom', opened: 2 }])
  expect(before.members.items[0]).toEqual({ memberId: shop.owner.memberId, name: shop.owner.name, open: 1 })
  expect(before.waiting.items.map(({ displayName }) => displayName)).toEqual(['Ana', 'Bea'])
  // Bea waits since her first message, not since she asked again
  const [first] = await shop.messages(bea)
  expect(before.waiting.items[1]!.since).toBe(new Date(first!.id / 1000).toISOString())

  await client.conversations.send({ contactId: ana, body: { type: 'text', text: 'dígame' } })
  await client.conversations.close({ contactId: bea, category: null })
  const after = await client.dashboard.get()
  expect(after.open).toMatchObject({ all: 1, mine: 1, unassigned: 0, oldestUnassigned: null })
  expect(after.waiting).toMatchObject({ count: 0, items: [] })
  expect(after.days.at(-1)).toMatchObject({ opened: 2, closed: 1 })
  expect(after.firstResponse).toMatchObject({ answered: 1, seconds: expect.any(Number) })
})

test('those who became one wait once, since the first of both; the blocked wait for nobody', async () => {
  const shop = await givenShop(server, double)
  const { client } = shop.owner
  for (const [at, phone] of ['+34600000151', '+34600000152', '+34600000153'].entries())
    await shop.hear(phone, `hola ${at}`)
  const { items } = await client.contacts.list({ sort: 'added' })
  const [one = 0, two = 0, three = 0] = items.map(({ id }) => id).toSorted((a, b) => a - b)
  const [first] = await shop.messages(one)
  await client.merging.merge({ contactIds: [one, two], survivorId: two })
  await client.blocking.block({ contactId: three })
  const { waiting, open, newContacts } = await client.dashboard.get()
  expect(waiting).toMatchObject({ count: 1, items: [{ since: new Date(first!.id / 1000).toISOString() }] })
  expect(open.all).toBe(1)
  expect(newContacts).toBe(1)
})

test('days are those of the workspace, and last week is not this one', async () => {
  const shop = await givenShop(server, double)
  const { client } = shop.owner
  const contactIds: number[] = []
  for (const phone of ['+34600000161', '+34600000162', '+34600000163']) {
    await shop.hear(phone, 'hola')
    const { items } = await client.contacts.list({ q: phone })
    contactIds.push(items[0]!.id)
  }
  const moved = async (contactId: number, opened: Date, answered: Date | null) =>
    server.deps.db
      .updateTable('conversation')
      .set({ opened_at: opened, first_response_at: answered })
      .where('workspace_id', '=', shop.id)
      .where('owner_id', '=', contactId)
      .execute()
  await moved(contactIds[0]!, ago(8 * 24 * 60), null)
  await moved(contactIds[1]!, ago(3 * 24 * 60), ago(3 * 24 * 60 - 10))
  await moved(contactIds[2]!, ago(0), ago(-4))
  const { days, firstResponse, channels } = await client.dashboard.get()
  expect(days.reduce((sum, { opened }) => sum + opened, 0)).toBe(2)
  expect(days.at(-4)!.opened + days.at(-3)!.opened).toBe(1)
  expect(channels).toEqual([{ kind: 'custom', opened: 2 }])
  expect(firstResponse).toEqual({ seconds: 240, answered: 1 })
})
