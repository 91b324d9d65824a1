import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('a preview keeps the older contact and, field by field, its values, else the other one’s', async () => {
  const { owner } = await givenWorkspace(server)
  const { contacts, merging } = owner.client
  const older = await contacts.create({ values: { firstName: 'Ana', phone: '+34600000142' } })
  const newer = await contacts.create({ values: { firstName: 'Anita', lastName: 'Pérez', email: 'ana@example.com' } })
  const plan = await merging.plan({ contactIds: [newer.id, older.id] })
  expect(plan.survivor.id).toBe(older.id)
  expect(plan.absorbed.map(({ id }) => id)).toEqual([newer.id])
  const chosen = Object.fromEntries(plan.fields.map((field) => [field.field, field.chosen]))
  expect(chosen).toEqual({
    firstName: older.id,
    lastName: newer.id,
    email: newer.id,
    phone: older.id,
    country: older.id,
    language: null,
    lifecycle: null,
    assignee: null,
  })
  expect(plan.result.displayName).toBe('Ana Pérez')
})

test('merging does what the preview said, and any old id answers with the survivor', async () => {
  const { owner } = await givenWorkspace(server)
  const { contacts, merging } = owner.client
  const older = await contacts.create({ values: { firstName: 'Ana', phone: '+34600000142' } })
  const newer = await contacts.create({
    values: { firstName: 'Anita', lastName: 'Pérez', email: 'ana@example.com', phone: '+34600000143' },
  })
  const wish = { contactIds: [newer.id, older.id], picks: { firstName: newer.id } }
  const plan = await merging.plan(wish)
  const { contact, mergeId } = await merging.merge({ ...wish, fingerprint: plan.fingerprint })
  expect(contact).toMatchObject({ id: older.id, displayName: plan.result.displayName })
  expect(contact.fields.email).toMatchObject({ value: 'ana@example.com', source: 'merge', by: 'Olga Dueñas' })
  expect(contact.alternates).toMatchObject([{ field: 'phone', value: '+34600000143' }])
  expect(contact.absorbed).toMatchObject([{ contactId: newer.id, displayName: 'Anita Pérez', mergeId }])
  expect(await contacts.get({ contactId: newer.id })).toEqual(contact)
})
