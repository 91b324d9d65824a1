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
    let answered = 0
    const searches = Promise.allSettled(
      Array.from({ length: 200 }, (_, at) =>
        shop.owner.client.contacts.list({ q: `nadie ${at}` }).finally(() => (answered += 1)),
      ),
    )
    await waitFor('them to wait', async () => {
      const { rows } = await holder.query<{ n: number }>(
        "select count(*)::int as n from pg_locks where not granted and relation = 'contact_search'::regclass",
      )
      return rows[0]!.n >= 5
    })
    for (let at = 0; at < 5; at++) expect(await shop.post('+34600000142', [textEvent(`hola ${at}`)])).toBe(200)
    expect(answered).toBe(0)
    await holder.query('rollback')
    await searches
  })

  test('because somebody holds a contact, whoever wants it is told to come again, and everybody else goes on', async () => {
    const { client } = shop.owner
    const held = (await client.contacts.create({ values: { firstName: 'Ana' } })).id
    const other = (await client.contacts.create({ values: { firstName: 'Luz' } })).id
    await holder.query('begin')
    await holder.query('select from contact_state where contact_id = $1 for update', [held])
    await holder.query('select from contact where id = $1 for update', [held])
    const rename = (contactId: number) => client.contacts.update({ contactId, values: { firstName: 'Eva' } })
    let isTold = false
    const refused = rename(held).then(
      () => 'done',
      (error: { code: string; status: number }) => {
        isTold = true
        return [error.code, error.status]
      },
    )
    await rename(other)
    expect(isTold).toBe(false)
    expect(await refused).toEqual(['UNAVAILABLE', 503])
    await holder.query('rollback')
    await rename(held)
  })
})
