import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

test('columns are each member’s own, kept in their order, and given up again', async () => {
  const { owner, manager } = await givenWorkspace(server)
  expect(await owner.client.contacts.columns()).toEqual({ items: null })
  const items = [
    { key: 'name', width: 240 },
    { key: '#7', width: null },
    { key: 'phone', width: 120 },
  ] as const
  await owner.client.contacts.setColumns({ items: [...items] })
  expect(await owner.client.contacts.columns()).toEqual({ items })
  expect(await manager.client.contacts.columns()).toEqual({ items: null })
  await owner.client.contacts.setColumns({ items: [items[2], items[0]] })
  expect(await owner.client.contacts.columns()).toEqual({ items: [items[2], items[0]] })
  await owner.client.contacts.setColumns({ items: null })
  expect(await owner.client.contacts.columns()).toEqual({ items: null })
})

test('a table without names or with a column twice is refused by name', async () => {
  const { owner } = await givenWorkspace(server)
  const [name, phone] = [
    { key: 'name', width: null },
    { key: 'phone', width: null },
  ] as const
  for (const [items, reason] of [
    [[phone], 'missing-name'],
    [[name, phone, phone], 'repeated'],
  ] as const)
    await expect(owner.client.contacts.setColumns({ items: [...items] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [{ path: 'items', reason }] },
    })
})
