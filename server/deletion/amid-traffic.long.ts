import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, textEvent, type Shop } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenMany } from '../testing/given-many.ts'
import { givenUpload } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

const people = 6_000
const rows = 4000
/** Nobody waits longer for a row that the deletion holds; more than a second, on a machine that does other things too. */
const longestWaitMs = 2500

let server: TestServer
let double: CustomDouble
let shop: Shop
let pool: pg.Pool

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer()
  shop = await givenShop(server, double)
  pool = new pg.Pool({ connectionString: server.databaseUrl, max: 2 })
})
afterAll(async () => {
  await pool.end()
  await server.close()
  await double.close()
})

test('thousands are deleted while a file comes in and people write: cancelled and begun again, the report is what the database says', async () => {
  const { client } = shop.owner
  const { id: tagId } = await client.tags.create({ name: 'Muchos' })
  await givenMany(pool, {
    workspaceId: shop.id,
    channelId: shop.channelId,
    after: 1000,
    count: people,
    messages: 4,
    tagId,
  })
  for (const kind of ['contact', 'contactChannel', 'conversation'] as const)
    await server.deps.numbers.next(shop.id, kind, 1001 + people)
  const bystander = (await client.contacts.create({ values: { firstName: 'Testigo' } })).id
  const count = async (where: string) => {
    const { rows: found } = await pool.query<{ n: number }>(
      `select count(*)::int as n from contact where workspace_id = $1 and ${where}`,
      [shop.id],
    )
    return found[0]!.n
  }
  const csv = Array.from({ length: rows }, (_, at) => `Nueva ${at},nueva${at}@nogal.es`).join('\n')
  const importId = await givenUpload(server.url, shop.owner, `name,email\n${csv}\n`)
  const filter = { and: [{ field: 'tag', operator: 'hasAnyOf' as const, value: [tagId] }] }
  const selection = { kind: 'matching' as const, filter, except: [] }

  // all at once: the deletion, the file, people nobody knew, people who are being deleted, and edits of somebody else
  let longest = 0
  let going = true
  const watch = (async () => {
    while (going) {
      const { rows: waits } = await pool.query<{ ms: number | null }>(
        `select (extract(epoch from max(clock_timestamp() - waitstart)) * 1000)::float8 as ms from pg_locks where not granted`,
      )
      longest = Math.max(longest, waits[0]!.ms ?? 0)
      await new Promise((done) => setTimeout(done, 20))
    }
  })()
  const { id: first } = await client.deletion.start({ selection, contacts: people })
  await client.imports.start({ importId, tagIt: false, wish: { columns: ['name', 'email'] } })
  const traffic = (async () => {
    let posted = 0
    for (let at = 0; going; at++) {
      expect(await shop.post(`+3469${1_000_000 + (at % 200)}`, [textEvent(`hola ${at}`)])).toBe(200)
      expect(await shop.post(`+346${10_000_000 + 1001 + at * 7}`, [textEvent(`sigo aquí ${at}`)])).toBe(200)
      await client.contacts.update({ contactId: bystander, values: { lastName: `${at}` } })
      posted += 2
    }
    return posted
  })()

  await waitFor('a part to be gone', async () => (await client.bulk.get({ jobId: first })).done > 1000, 60_000)
  const cancelled = await client.deletion.cancel({ jobId: first })
  const half = await waitFor(
    'it to stop',
    async () => {
      const job = await client.bulk.get({ jobId: first })
      return job.endedAt !== null && job
    },
    60_000,
  )
  expect(half).toMatchObject({ state: 'cancelled', cancelledBy: 'Olga Dueñas', failed: 0, total: people })
  expect(cancelled.id).toBe(first)
  const left = await client.contacts.count({ filter })
  const { rows: ofTheFirst } = await pool.query<{ n: number }>(
    `select count(*)::int as n from contact where workspace_id = $1 and tags @> array[$2::integer]`,
    [shop.id, tagId],
  )
  expect(half.done + ofTheFirst[0]!.n).toBe(people)

  const { id: second } = await client.deletion.start({
    selection,
    contacts: left.isExact ? left.contacts : ofTheFirst[0]!.n,
  })
  const whole = await waitFor(
    'it to end',
    async () => {
      const job = await client.bulk.get({ jobId: second })
      return job.endedAt !== null && job
    },
    60_000,
  )
  await waitFor('the file', async () => (await client.imports.get({ importId })).state === 'done', 60_000)
  going = false
  const posted = await traffic
  await watch
  expect(whole).toMatchObject({ state: 'done', done: ofTheFirst[0]!.n, failed: 0, result: { checked: { left: 0 } } })
  expect(await count(`tags @> array[${tagId}]`)).toBe(0)
  expect((await client.imports.get({ importId })).counts).toMatchObject({ added: rows, refused: 0 })
  expect(await count(`email like 'nueva%@nogal.es'`)).toBe(rows)

  // whoever wrote is there: with what came after they were deleted, as somebody new
  await waitFor(
    'everything to be taken in',
    async () => {
      const { rows: waiting } = await pool.query('select from inbound_event where workspace_id = $1 and state = 0', [
        shop.id,
      ])
      return waiting.length === 0
    },
    60_000,
  )
  const { rows: broken } = await pool.query('select from inbound_event where workspace_id = $1 and state = 2', [
    shop.id,
  ])
  expect(broken).toEqual([])
  expect(posted).toBeGreaterThan(20)
  expect(await count(`phone like '+3469%'`)).toBe(Math.min(200, posted / 2))
  const { rows: orphans } = await pool.query(
    `select from message m where m.workspace_id = $1
       and not exists (select from contact c where c.workspace_id = m.workspace_id and c.id = m.contact_id)`,
    [shop.id],
  )
  expect(orphans).toEqual([])
  expect((await client.contacts.get({ contactId: bystander })).displayName).toContain('Testigo')
  // who did it stands in the audit trail
  const { items } = await client.audit.list({})
  expect(items.filter(({ actor }) => actor.name === 'Olga Dueñas').length).toBeGreaterThan(1)
  console.log(`${posted} messages; longest wait for a lock: ${Math.round(longest)} ms`)
  expect(longest).toBeLessThan(longestWaitMs)
}, 300_000)
