import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { callRpc, everyEndpoint, inputsNaming, type Endpoint, type NamedRows } from '../testing/every-endpoint.ts'
import { placesOf, withValue } from '../testing/every-place.ts'
import { givenRows } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
let rows: NamedRows

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
  shop = await givenShop(server, double)
  rows = { ...(await givenRows(server, shop)), channelId: shop.channelId }
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** Text that other systems have taken for a command. */
const texts = [
  "'",
  "'))--",
  "x'; drop table contact; --",
  "') or (select pg_sleep(30)) is null --",
  '"; select 1; --',
  '$1',
  '%',
  String.raw`\ `,
  'a & !b:*',
  '{{7*7}} ${7*7} #{7*7}',
  '../../etc/passwd',
  '=1+1',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b',
  '',
  'x'.repeat(100_000),
]
/** Whatever else JSON can hold. */
const values: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53 + 2,
  {},
  { $ne: null },
  { toString: 'x' },
  [],
  ['a@example.com', 'b@example.com'],
  [[[[]]]],
]

/** All of them in every place; otherwise a third, which is another one from place to place. */
const thorough = process.env['FICHA_THOROUGH'] === 'yes'

/** What no answer may say, whatever was asked: how it is made. */
const innards = /syntax error|relation "|node_modules|\.ts:\d|at async|violates/

async function inTurns<T>(list: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...list]
  const turn = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: 6 }, turn))
}

const endpoints = everyEndpoint.filter(({ schema }) => schema !== undefined)
const inputOf = ({ name }: Endpoint) => inputsNaming(rows)[name]!

test('every endpoint that takes an input is among those that are tried', () => {
  expect(endpoints.map(({ name }) => name).toSorted()).toEqual(Object.keys(inputsNaming(rows)).toSorted())
  for (const endpoint of endpoints)
    expect([endpoint.name, endpoint.schema!.safeParse(inputOf(endpoint)).error]).toEqual([endpoint.name, undefined])
})

describe('whatever stands in any place of any input', () => {
  const schemaOf = new Map(endpoints.map(({ name, schema }) => [name, schema!]))

  test.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))(
    'is understood or refused, never a fault: %s',
    async (_name, endpoint) => {
      const input = inputOf(endpoint)
      const tries = placesOf(input).flatMap((path, place) =>
        [...values, ...(path.length === 0 ? [] : texts)]
          .filter((_value, at) => thorough || at % 3 === place % 3)
          .map((value) => ({ path, value })),
      )
      await inTurns(tries, async ({ path, value }) => {
        const sent: unknown = JSON.parse(JSON.stringify(withValue(input, path, value)))
        const what = `${endpoint.name} ${path.join('.')} = ${JSON.stringify(value).slice(0, 60)}`
        const answer = await callRpc(server.url, endpoint, sent, shop.owner.headers)
        const body = await answer.text()
        // the form of an input is never passed over
        const wellFormed = schemaOf.get(endpoint.name)!.safeParse(sent).success
        const calm = (wellFormed ? answer.status < 500 : answer.status === 400) && !innards.test(body)
        expect({ what, calm, ...(calm ? {} : { status: answer.status, body }) }).toEqual({ what, calm: true })
      })
    },
    60_000,
  )
})

test('nothing was carried out that was only said', async () => {
  const { rows: found } = await sql<{ contacts: number; sleeping: number }>`
    select (select count(*)::int from contact) as contacts,
      (select count(*)::int from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()) as sleeping`.execute(
    server.deps.db,
  )
  expect(found[0]!.contacts).toBeGreaterThan(0)
  expect(found[0]!.sleeping).toBe(0)
  expect((await shop.messages(rows.contactId)).length).toBeGreaterThan(0)
})
