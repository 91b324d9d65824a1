import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenRows } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { NumberKind } from './numbers.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** All but tags, which are made by people, a thousand of them at most, and are kept small in every contact. */
const kinds: readonly NumberKind[] = [
  'contact',
  'member',
  'team',
  'invitation',
  'apiToken',
  'channel',
  'contactChannel',
  'conversation',
  'closingNote',
  'merge',
  'segment',
  'field',
  'stage',
  'bulkJob',
  'import',
  'workflow',
]

test('numbers go on where thirty-two bits end, and reach callers as they are', async () => {
  for (const kind of kinds) await server.deps.numbers.next(shop.id, kind, 2 ** 31 - 3)
  const { client } = shop.owner
  const rows = await givenRows(server, shop)
  for (let at = 0; at < 4; at++) {
    await shop.hear(`+3460000014${at}`, 'hola', { firstName: 'Ana' })
    const { id: tagId } = await client.tags.create({ name: `Marca ${at}` })
    const [contact] = (await client.contacts.list({ q: `+3460000014${at}` })).items
    expect((await client.contacts.tag({ contactId: contact!.id, tagIds: [tagId] })).tags).toMatchObject([{ id: tagId }])
    const answer = await fetch(`${server.url}/api/contacts/${contact!.id}`, { headers: shop.owner.headers })
    expect(await answer.text()).toContain(`"id":${contact!.id},`)
  }
  const { items } = await client.contacts.list({})
  expect(items[0]!.id).toBeGreaterThan(2 ** 31)
  expect(rows.contactId).toBeGreaterThan(2 ** 31 - 10)
})
