import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../custom-double.ts'
import { callRest, callRpc, everyEndpoint, type Endpoint } from '../every-endpoint.ts'
import { givenWorkspace } from '../given.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { readyInput } from './ready-input.ts'
import { sumTables } from './sum-tables.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
/** Who may ask for sample data: somebody in whose workspace nothing has happened yet. */
let newcomer: Record<string, string>

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
  shop = await givenShop(server, double)
  newcomer = (await givenWorkspace(server)).owner.headers
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** Writing endpoints that know no keys, and why they need none. */
const needNone = new Map([
  ['account.signUpFirst', 'succeeds once in the life of an installation'],
  ['account.acceptInvitation', 'a link is good for one member'],
  ['account.endSessions', 'what is ended stays ended'],
  ['channels.check', 'changes nothing here'],
  ['workflows.testRequest', 'changes nothing here'],
])
const keyed = everyEndpoint.filter(({ effect, name }) => effect === 'write' && !needNone.has(name))
const profile = everyEndpoint.find(({ name }) => name === 'members.updateProfile')!

const headersFor = ({ name }: Endpoint, key: string) => ({
  ...(name === 'workspaces.addSampleData' ? newcomer : shop.owner.headers),
  'idempotency-key': key,
})
const saidOverRpc = async (answer: Response) => ((await answer.json()) as { json: unknown }).json
const reused = { code: 'CONFLICT', data: { reason: 'idempotency-key-reused' } }

test('what needs no key is part of the contract', () => {
  const known = everyEndpoint.map(({ name }) => name)
  expect([...needNone.keys()].filter((name) => !known.includes(name))).toEqual([])
})

describe('an act that is asked for again under its key is done once and answered alike', () => {
  test.each(keyed.map((endpoint) => [endpoint.name, endpoint] as const))('%s', async (name, endpoint) => {
    const input = await readyInput(server, shop, endpoint)
    const headers = headersFor(endpoint, randomUUID())
    const before = await sumTables(server.deps.db)
    // the answer to the first is lost, and the second overtakes it
    const [one, two] = await Promise.all([1, 2].map(() => callRpc(server.url, endpoint, input, headers)))
    expect({ name, status: one!.status }).toEqual({ name, status: 200 })
    const answer = await saidOverRpc(one!)
    expect(await saidOverRpc(two!)).toEqual(answer)
    const after = await sumTables(server.deps.db)
    expect(after).not.toEqual(before)

    const again = await callRest(server.url, endpoint, input, headers)
    expect(await again.json()).toEqual(answer)

    const other = (await readyInput(server, shop, endpoint)) ?? {}
    const untouched = await sumTables(server.deps.db)
    const refusals = [await callRpc(server.url, profile, { name: 'Otra distinta' }, headers)]
    if (JSON.stringify(other) !== JSON.stringify(input ?? {}))
      refusals.push(await callRpc(server.url, endpoint, other, headers))
    for (const refusal of refusals) {
      expect(refusal.status).toBe(409)
      expect(await saidOverRpc(refusal)).toMatchObject(reused)
    }
    expect(await sumTables(server.deps.db)).toEqual(untouched)
  })
})

test('the key is the member’s own: somebody else’s is another act', async () => {
  const create = everyEndpoint.find(({ name }) => name === 'contacts.create')!
  const key = randomUUID()
  const ids = await Promise.all(
    [shop.owner, shop.manager].map(async ({ headers }) => {
      const answer = await callRpc(
        server.url,
        create,
        { values: { firstName: 'Luz' } },
        { ...headers, 'idempotency-key': key },
      )
      expect(answer.status).toBe(200)
      return ((await saidOverRpc(answer)) as { id: number }).id
    }),
  )
  expect(new Set(ids).size).toBe(2)
})

test('a refused act leaves its key free', async () => {
  const create = everyEndpoint.find(({ name }) => name === 'teams.create')!
  const { client } = shop.owner
  const { id: teamId } = await client.teams.create({ name: 'Ventas' })
  const headers = { ...shop.owner.headers, 'idempotency-key': randomUUID() }
  const ask = () => callRpc(server.url, create, { name: 'Ventas' }, headers)
  expect((await ask()).status).toBe(409)
  await client.teams.remove({ teamId })
  expect((await ask()).status).toBe(200)
})

test.each(['', 'short', 'with blanks in it', 'x'.repeat(101), 'ñandú-ñandú'].map((key) => [key]))(
  'a key that is none is refused by name: %j',
  async (key) => {
    const answer = await callRest(
      server.url,
      profile,
      { name: 'Otra' },
      {
        ...shop.owner.headers,
        'idempotency-key': key,
      },
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'BAD_REQUEST', data: { fields: [{ path: 'idempotency-key' }] } })
  },
)

test('what is kept for a repetition is kept sealed: a link that is shown once lies nowhere', async () => {
  const invite = everyEndpoint.find(({ name }) => name === 'invitations.create')!
  const answer = await callRpc(
    server.url,
    invite,
    { email: 'secreta@example.com', role: 'agent', restrictions: [], teamId: null },
    { ...shop.owner.headers, 'idempotency-key': randomUUID() },
  )
  const { link } = (await saidOverRpc(answer)) as { link: string }
  const kept = await server.deps.db.selectFrom('request').select('response').execute()
  expect(kept.length).toBeGreaterThan(0)
  const token = new URL(link).hash.slice(1)
  expect(token.length).toBeGreaterThan(20)
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(JSON.stringify(kept)).not.toContain('example.com')
})
