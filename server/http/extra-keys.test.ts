import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { callRest, callRpc, everyEndpoint } from '../testing/every-endpoint.ts'
import { workableInput } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

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

const planted = 'planted-by-a-stranger'
const plantedNumber = 987_654_321
/** What a form never asks for, in the spellings of the contract and of the tables. */
const extra: Record<string, unknown> = {
  ...Object.fromEntries(
    ['id', 'workspaceId', 'workspace_id', 'ownerId', 'owner_id', 'rootId', 'root_id', 'mergedInto', 'version'].map(
      (key) => [key, plantedNumber],
    ),
  ),
  ...Object.fromEntries(
    [
      'profileName',
      'profile_name',
      'pictureUrl',
      'source',
      'publicId',
      'public_id',
      'secrets',
      'userId',
      'createdAt',
    ].map((key) => [key, planted]),
  ),
  verified: true,
  emailVerified: true,
  isOwner: true,
}

/** The extra keys beside every key that was meant, at every depth; what was meant stands. */
function withExtra(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withExtra)
  if (input === null || typeof input !== 'object') return input
  const meant = Object.fromEntries(Object.entries(input).map(([key, value]) => [key, withExtra(value)]))
  return { ...extra, ...meant }
}

const writing = everyEndpoint.filter(({ effect, action }) => effect === 'write' && action !== 'public')

test.each(writing.map((endpoint) => [endpoint.name, endpoint] as const))(
  'keys that nobody asked for set nothing: %s',
  async (name, endpoint) => {
    for (const call of [callRpc, callRest]) {
      const input = (await workableInput(server, shop, name)) ?? {}
      const answer = await call(server.url, endpoint, withExtra(input) as Record<string, unknown>, shop.owner.headers)
      const text = await answer.text()
      expect([answer.status < 500, text.includes(planted), text.includes(String(plantedNumber))]).toEqual([
        true,
        false,
        false,
      ])
    }
  },
)

test('and nothing of them is kept anywhere', async () => {
  const { db } = server.deps
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth', 'pgboss')`.execute(
    db,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.raw(name)} t where t::text like ${`%${planted}%`} or t::text like ${`%${plantedNumber}%`}`.execute(
      db,
    )
    if (rows.length > 0) found.push(`${name}: ${rows[0]!.row}`)
  }
  expect(found).toEqual([])
})
