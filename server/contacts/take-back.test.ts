import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

const given = async () => {
  const shop = await givenWorkspace(server)
  const { contacts } = shop.owner.client
  const record = async (contactId: number) => {
    const { fields, custom, alternates, lifecycle } = await contacts.get({ contactId })
    return { fields, custom, alternates, lifecycle }
  }
  return { shop, client: shop.owner.client, contacts, record }
}

test('what a member has made of a field is taken back: the value stands there as it did, with what followed from it', async () => {
  const { client, contacts, record } = await given()
  const { id: fieldId } = await client.fields.create({ name: 'Talla', type: 'list', options: ['38', '39'] })
  await client.lifecycle.create({ name: 'Nueva' })
  const { id: stageId } = await client.lifecycle.create({ name: 'Clienta' })
  const { id: contactId } = await contacts.create({ values: { firstName: 'Ana', phone: '+34600000142' } })
  const before = await record(contactId)
  expect(before.fields.country.value).toBe('ES')
  const edits = [
    ['phone', { phone: '+5491155550163' }],
    ['lastName', { lastName: 'Núñez' }],
    ['lifecycle', { lifecycle: stageId }],
    [`#${fieldId}`, { custom: { [fieldId]: '39' } }],
  ] as const
  for (const [field, values] of edits) {
    await contacts.update({ contactId, values })
    expect(await record(contactId)).not.toEqual(before)
    await contacts.takeBack({ contactId, field })
    expect(await record(contactId)).toEqual(before)
    // that is not taken back in its turn
    await expect(contacts.takeBack({ contactId, field })).rejects.toMatchObject({ data: { reason: 'changed-since' } })
  }
  expect((await contacts.list({ q: '1155550163' })).items).toEqual([])
  const { items } = await client.activity.ofContact({ contactId, field: 'lastName' })
  expect(items.map(({ kind, data }) => [kind, 'to' in data && data.to])).toEqual([
    ['fieldChanged', null],
    ['fieldChanged', 'Núñez'],
  ])
})

test('of a merged contact a value that came from another comes from there again', async () => {
  const { client, contacts, record } = await given()
  const { id: ana } = await contacts.create({ values: { firstName: 'Ana', email: 'ana@example.com' } })
  const { id: twin } = await contacts.create({ values: { lastName: 'Soto', phone: '+34600000142' } })
  const { mergeId } = await client.merging.merge({ contactIds: [ana, twin], survivorId: ana })
  const before = await record(ana)
  expect(before.fields.lastName).toMatchObject({ value: 'Soto', source: 'merge' })
  for (const [field, value] of [
    ['lastName', 'Otra'],
    ['phone', '+34600000143'],
    ['firstName', 'Anita'],
  ] as const) {
    await contacts.update({ contactId: ana, values: { [field]: value } })
    await contacts.takeBack({ contactId: ana, field })
    expect(await record(ana)).toEqual(before)
  }
  await client.merging.undo({ mergeId })
  expect((await record(ana)).fields).toMatchObject({ lastName: { value: null }, phone: { value: null } })
  expect((await contacts.list({ q: '600000143' })).items).toEqual([])
})

test('what somebody else has made of it since stays', async () => {
  const { shop, contacts } = await given()
  const { id: contactId } = await contacts.create({ values: { firstName: 'Ana' } })
  await contacts.update({ contactId, values: { firstName: 'Anita' } })
  await shop.agent.client.contacts.update({ contactId, values: { firstName: 'Anna' } })
  const refused = { code: 'CONFLICT', data: { reason: 'changed-since' } }
  await expect(contacts.takeBack({ contactId, field: 'firstName' })).rejects.toMatchObject(refused)
  await expect(contacts.takeBack({ contactId, field: 'email' })).rejects.toMatchObject(refused)
  expect((await contacts.get({ contactId })).fields.firstName.value).toBe('Anna')
  await shop.agent.client.contacts.takeBack({ contactId, field: 'firstName' })
  expect((await contacts.get({ contactId })).fields.firstName.value).toBe('Anita')
})
