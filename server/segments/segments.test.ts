import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Filter } from '#contract/filter.ts'
import { makeTestWorkspace } from '../members/testing.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { countSegments } from './count-segments.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

const spanish: Filter = { and: [{ field: 'language', operator: 'isEqualTo', value: 'es' }] }

async function givenShop() {
  const workspaceId = await makeTestWorkspace(server.deps)
  const { client } = await givenMember(server, workspaceId, { role: 'manager' })
  return { workspaceId, client, count: () => countSegments(server.deps, { workspaceId }, AbortSignal.timeout(60_000)) }
}

test('a workspace begins with segments that are ready to use', async () => {
  const { client } = await givenShop()
  const { items } = await client.segments.list()
  expect(items.map(({ name }) => name)).toEqual([
    'Callados 30 días',
    'Nuevos en 7 días',
    'Sin responsable',
    'Sin teléfono',
  ])
  for (const { id } of items)
    await expect(client.contacts.list({ segmentId: id })).resolves.toMatchObject({ isPartial: false })
})

test('a segment holds whom its filter finds; its count is made in the background and says of when it is', async () => {
  const { client, count } = await givenShop()
  const { id: ana } = await client.contacts.create({ values: { firstName: 'Ana', language: 'es' } })
  await client.contacts.create({ values: { firstName: 'Bob', language: 'en' } })
  const { id, contacts } = await client.segments.create({ name: 'Hispanos', filter: spanish })
  expect(contacts).toBeNull()
  await count()
  const of = async () => (await client.segments.list()).items.find((segment) => segment.id === id)
  expect(await of()).toMatchObject({ contacts: 1, countedAt: expect.any(String) })
  expect((await client.contacts.list({ segmentId: id })).items.map((row) => row.id)).toEqual([ana])
  expect(await client.contacts.count({ segmentId: id })).toEqual({ contacts: 1, isExact: true })
  await client.segments.edit({ segmentId: id, filter: { and: [] } })
  expect(await of()).toMatchObject({ contacts: null })
  await count()
  expect(await of()).toMatchObject({ contacts: 2 })
  await client.segments.remove({ segmentId: id })
  expect(await of()).toBeUndefined()
  await expect(client.contacts.list({ segmentId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('names are unique without regard to case, blank ones refused', async () => {
  const { client } = await givenShop()
  const { id } = await client.segments.create({ name: 'Clientes', filter: spanish })
  const taken = { code: 'CONFLICT', data: { reason: 'name-taken', field: 'name' } }
  await expect(client.segments.create({ name: ' CLIENTES ', filter: spanish })).rejects.toMatchObject(taken)
  await expect(client.segments.create({ name: '\u200b', filter: spanish })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await client.segments.create({ name: 'Otros', filter: spanish })
  await expect(client.segments.edit({ segmentId: id, name: 'otros' })).rejects.toMatchObject(taken)
  await expect(client.segments.edit({ segmentId: id, name: 'CLIENTES' })).resolves.toMatchObject({ name: 'CLIENTES' })
})

test.each<[string, Filter]>([
  ['filter.and.0.field', { and: [{ field: 'shoeSize', operator: 'exists' }] }],
  ['filter.and.0.field', { and: [{ field: '#99', operator: 'exists' }] }],
  ['filter.or.0.operator', { or: [{ field: 'tag', operator: 'isEqualTo', value: 1 }] }],
  ['filter.and.0.value', { and: [{ field: 'country', operator: 'isEqualTo', value: 'Spain' }] }],
  ['filter.and.0.value', { and: [{ field: 'created', operator: 'isTimestampAfter', value: '2026-02-30' }] }],
  ['filter.and.0.value', { and: [{ field: 'email', operator: 'isEqualTo' }] }],
  ['filter.and.0.value', { and: [{ field: 'email', operator: 'exists', value: 'x' }] }],
  [
    'filter.and.0.or.1.value',
    {
      and: [
        {
          or: [
            { field: 'name', operator: 'exists' },
            { field: 'tag', operator: 'hasAnyOf', value: [] },
          ],
        },
      ],
    },
  ],
])('a condition that makes no sense is refused at %s', async (path, filter) => {
  const { client } = await givenShop()
  const refused = { code: 'BAD_REQUEST', data: { fields: [expect.objectContaining({ path })] } }
  await expect(client.contacts.list({ filter })).rejects.toMatchObject(refused)
  await expect(client.segments.create({ name: 'Malo', filter })).rejects.toMatchObject(refused)
})

test('more than twenty conditions, or four groups deep, is refused', async () => {
  const { client } = await givenShop()
  const one = { field: 'name', operator: 'exists' as const }
  const filters: Filter[] = [
    { and: [{ or: Array.from({ length: 11 }, () => one) }, { or: Array.from({ length: 10 }, () => one) }] },
    { and: [{ or: [{ and: [{ or: [one] }] }] }] },
  ]
  for (const filter of filters)
    await expect(client.contacts.list({ filter })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('five hundred are the most', async () => {
  const { workspaceId, client } = await givenShop()
  await sql`insert into segment (workspace_id, id, name, name_key, filter)
    select ${workspaceId}, 1000 + n, 'Segmento ' || n, 'segmento ' || n, '{"and": []}' from generate_series(1, 496) n`.execute(
    server.deps.db,
  )
  expect((await client.segments.list()).items).toHaveLength(500)
  await expect(client.segments.create({ name: 'Uno más', filter: spanish })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'too-many' },
  })
})
