import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givenShop } from './testing.ts'

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

test('a number or a mailbox leads to the contact that has it, in any spelling, and else to a new one', async () => {
  const { owner } = await givenShop(server, double)
  const { contacts, conversations } = owner.client
  const { id } = await contacts.create({ values: { phone: '+5215512345678', email: 'Ana.Perez+shop@gmail.com' } })
  expect(await conversations.start({ to: '+52 55 1234 5678' })).toEqual({ contactId: id, isNew: false })
  expect(await conversations.start({ to: 'anaperez@googlemail.com' })).toEqual({ contactId: id, isNew: false })
  const made = await conversations.start({ to: '+34 600 00 01 42' })
  expect(made).toMatchObject({ isNew: true })
  expect((await contacts.get({ contactId: made.contactId })).fields.phone.value).toBe('+34600000142')
  expect(await conversations.start({ to: '0034600000142' })).toEqual({ ...made, isNew: false })
})

test('what is neither is refused by name, with what would be right', async () => {
  const { owner } = await givenShop(server, double)
  const refusal = (to: string) => owner.client.conversations.start({ to }).catch((error: unknown) => error)
  for (const to of ['Ana', '12', 'ana@', ' '])
    expect(await refusal(to)).toMatchObject({ code: 'BAD_REQUEST', data: { fields: [{ path: 'to' }] } })
  expect(await refusal('600 00 01 42')).toMatchObject({
    data: { fields: [{ path: 'to', reason: 'missing-country-code', fix: '+34 600 00 01 42' }] },
  })
})

test('twenty who ask for one new number at once are led to one contact', async () => {
  const { owner } = await givenShop(server, double)
  const all = await Promise.all(
    Array.from({ length: 20 }, () => owner.client.conversations.start({ to: '+34600000143' })),
  )
  expect(new Set(all.map(({ contactId }) => contactId)).size).toBe(1)
  expect(all.filter(({ isNew }) => isNew)).toHaveLength(1)
})

test('the blocked are not written to, what one does not see is somebody else’s, and what one makes one sees', async () => {
  const shop = await givenShop(server, double)
  const narrowed = await givenMember(server, shop.id, { role: 'agent', restrictions: ['onlyMine'] })
  const { contacts, blocking } = shop.owner.client
  const { id } = await contacts.create({ values: { phone: '+34600000144' } })
  await expect(narrowed.client.conversations.start({ to: '+34600000144' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'address-of-another' },
  })
  await blocking.block({ contactId: id })
  await expect(shop.owner.client.conversations.start({ to: '+34600000144' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'blocked' },
  })
  const { contactId } = await narrowed.client.conversations.start({ to: '+34600000145' })
  const { assignee } = await narrowed.client.contacts.get({ contactId })
  expect(assignee?.memberId).toBe(narrowed.memberId)
})
