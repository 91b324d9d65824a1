import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { takeEvents } from './take-events.ts'

let server: TestServer
let line: { workspaceId: number; channelId: number }

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  const { id } = await givenWorkspace(server)
  line = { workspaceId: id, channelId: 1 }
})
afterAll(() => server.close())

/** Stored events with bodies of so many megabytes; answers their numbers. */
async function given(...megabytes: readonly number[]): Promise<number[]> {
  const ids: number[] = []
  for (const size of megabytes) {
    const { rows } = await sql<{ id: number }>`
      insert into inbound_event (workspace_id, channel_id, body_hash, body)
      values (${line.workspaceId}, ${line.channelId}, gen_random_uuid(), convert_to(repeat('x', ${Math.round(size * 1024 * 1024)}), 'UTF8'))
      returning id`.execute(server.deps.db)
    ids.push(rows[0]!.id)
  }
  return ids
}
const take = async () => (await takeEvents(server.deps, line)).map(({ id }) => id)
const finish = (ids: readonly number[]) =>
  server.deps.db.updateTable('inbound_event').set({ state: 1 }).where('id', 'in', ids).execute()

test('as many are taken at once as are not too large together, in their order; one that is too large by itself comes alone', async () => {
  const [a, b, c, huge, d] = await given(7, 7, 7, 20, 1)
  expect(await take()).toEqual([a, b])
  await finish([a!, b!])
  expect(await take()).toEqual([c])
  await finish([c!])
  expect(await take()).toEqual([huge])
  await finish([huge!])
  expect(await take()).toEqual([d])
})

test('small ones come a hundred at a time; one that was tried twice in vain comes alone, and is counted before it is tried', async () => {
  const ids = await given(...Array.from({ length: 120 }, () => 0.0001))
  expect(await take()).toEqual(ids.slice(0, 100))
  const [third] = await takeEvents(server.deps, line)
  expect(third).toMatchObject({ id: ids[0], attempts: 2 })
  expect(await take()).toEqual([ids[0]])
  await finish([ids[0]!])
  expect(await take()).toEqual([ids[1]])
})
