import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSignedInMember, makeTestWorkspace } from '../members/testing.ts'
import { connectClient } from '../testing/client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let workspaceId: number
beforeAll(async () => {
  server = await startTestServer({ work: false })
  workspaceId = await makeTestWorkspace(server.deps)
})
afterAll(() => server.close())

const client = async (role: 'owner' | 'manager' | 'agent', restrictions: 'workspaceSettings'[] = []) =>
  connectClient(server.url, {
    cookie: (await makeSignedInMember(server.deps, workspaceId, { role, restrictions })).cookie,
  })

test('a change leaves what it does not name, and every browser hears of it', async () => {
  const owner = await client('owner')
  const stream = await (await client('agent')).live.watch()
  await stream.next()
  expect(await owner.workspaces.update({ defaultCountry: null })).toMatchObject({
    name: 'Taller',
    defaultCountry: null,
    timeZone: 'Europe/Madrid',
  })
  expect(await owner.workspaces.update({ name: '  Taller Prats ', timeZone: 'America/Mexico_City' })).toMatchObject({
    name: 'Taller Prats',
    defaultCountry: null,
    timeZone: 'America/Mexico_City',
  })
  expect((await stream.next()).value).toEqual({ type: 'workspace' })
  await stream.return?.()
  expect(await owner.workspaces.update({})).toMatchObject({ name: 'Taller Prats' })
})

test('managers may, unless restricted; agents may not', async () => {
  expect((await (await client('manager')).workspaces.update({ language: 'en' })).language).toBe('en')
  for (const other of [await client('manager', ['workspaceSettings']), await client('agent')])
    await expect(other.workspaces.update({ name: 'X' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test.each([
  { timeZone: 'Mars/Olympus' },
  { timeZone: '' },
  { defaultCountry: 'es' },
  { name: ' ' },
  { name: 'x'.repeat(81) },
  { name: 'a\u0000b' },
  { language: 'fr' },
])('nonsense is refused with its field: %j', async (input) => {
  const [path] = Object.keys(input)
  const refusal = await (await client('owner')).workspaces.update(input as never).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'BAD_REQUEST', data: { fields: [{ path }] } })
})

test('a person may have several, named in a header', async () => {
  const member = await makeSignedInMember(server.deps, workspaceId, { role: 'agent' })
  const one = connectClient(server.url, { cookie: member.cookie })
  const { id } = await one.workspaces.create({
    name: 'Segunda',
    defaultCountry: 'MX',
    timeZone: 'America/Mexico_City',
    language: 'en',
  })
  expect((await one.workspaces.list()).items.map((each) => [each.name, each.role])).toContainEqual(['Segunda', 'owner'])
  const there = connectClient(server.url, { cookie: member.cookie, 'x-ficha-workspace': String(id) })
  expect((await there.workspaces.get()).me.role).toBe('owner')
  const notes = await server.deps.db
    .selectFrom('closing_note')
    .select('category')
    .where('workspace_id', '=', id)
    .execute()
  expect(notes.map((note) => note.category)).toContain('Resolved')
})

test('sample data are for an empty workspace, asked for by an owner', async () => {
  const owner = await client('owner')
  expect(await owner.workspaces.addSampleData()).toEqual({})
  expect(await owner.workspaces.addSampleData()).toEqual({})
  await expect((await client('manager')).workspaces.addSampleData()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await server.deps.db
    .updateTable('workspace')
    .set({ first_contact_at: new Date() })
    .where('id', '=', workspaceId)
    .execute()
  await expect(owner.workspaces.addSampleData()).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'not-empty' },
  })
})
