import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenShop, textEvent, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
/** Somebody else who holds what others want. */
let holder: pg.Client

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer()
  shop = await givenShop(server, double)
})
beforeEach(async () => {
  holder = new pg.Client({ connectionString: server.databaseUrl })
  await holder.connect()
  return () => holder.end()
})
afterAll(async () => {
  await server.close()
  await double.close()
})

describe('while the database is slow', () => {
  test('for two hundred searches at once, what providers bring is stored and answered all the same', async () => {
    await holder.query('begin; lock table contact_search in access exclusive mode')
    const searches = Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        shop.owner.client.contacts.list({ q: `nadie ${at}` }).then(
          () => 'answered',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    await waitFor('them to wait', async () => {
      const { rows } = await holder.query<{ n: number }>(
        "select count(*)::int as n from pg_locks where not granted and relation = 'contact_search'::regclass",
      )
      return rows[0]!.n >= 5
    })
    const took: number[] = []
    for (let at = 0; at < 20; at++) {
      const begun = performance.now()
      expect(await shop.post('+34600000142', [textEvent(`hola ${at}`)])).toBe(200)
      took.push(performance.now() - begun)
    }
    expect(Math.max(...took)).toBeLessThan(1000)
    await holder.query('rollback')
    expect(new Set(await searches)).toEqual(new Set(['answered']))
  }, 60_000)

  test('because somebody holds a contact, whoever wants it is told to come again, and everybody else goes on', async () => {
    const { client } = shop.owner
    const held = (await client.contacts.create({ values: { firstName: 'Ana' } })).id
    const other = (await client.contacts.create({ values: { firstName: 'Luz' } })).id
    await holder.query('begin')
    await holder.query('select from contact_state where contact_id = $1 for update', [held])
    await holder.query('select from contact where id = $1 for update', [held])
    const begun = performance.now()
    const rename = (contactId: number) => client.contacts.update({ contactId, values: { firstName: 'Eva' } })
    const refused = rename(held).then(
      () => 'done',
      (error: { code: string; status: number }) => [error.code, error.status, performance.now() - begun < 8000],
    )
    await rename(other)
    expect(performance.now() - begun).toBeLessThan(2000)
    expect(await refused).toEqual(['UNAVAILABLE', 503, true])
    await holder.query('rollback')
    await rename(held)
  }, 60_000)
})
