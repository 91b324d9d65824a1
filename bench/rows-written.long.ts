import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, textEvent } from '../server/conversations/testing.ts'
import { suggestDuplicates } from '../server/duplicates/suggest-duplicates.ts'
import { startCustomDouble, type CustomDouble } from '../server/testing/custom-double.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { fillContacts } from './stage/fill-contacts.ts'

let server: TestServer
let double: CustomDouble
beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** How many rows of all tables a transaction begun from now on inserts, changes or deletes. */
async function rowsWritten(act: () => Promise<unknown>): Promise<number> {
  const { db } = server.deps
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')`.execute(
    db,
  )
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(db)
  const count = async () => {
    let all = 0
    let written = 0
    for (const { name } of tables) {
      const { rows: counts } = await sql<{ all: number; written: number }>`
        select count(*)::int as all, count(*) filter (where xmin::text::bigint > ${rows[0]!.xid}::bigint)::int as written
        from ${sql.raw(name)}`.execute(db)
      all += counts[0]!.all
      written += counts[0]!.written
    }
    return { all, written }
  }
  const before = await count()
  await act()
  const after = await count()
  const deleted = Math.max(0, before.all + after.written - after.all)
  return Math.max(after.written, deleted)
}

/** The same acts in a workspace of `contacts` others, one of the two who are merged having written `messages`. */
async function measure(contacts: number, messages: number): Promise<Record<string, number>> {
  const shop = await givenShop(server, double)
  const pool = new pg.Pool({ connectionString: server.databaseUrl, max: 2 })
  const { channelId } = shop
  await fillContacts(pool, {
    workspaceId: shop.id,
    memberId: shop.owner.memberId,
    whatsappId: channelId,
    mailId: channelId,
    count: contacts,
  })
  await pool.end()
  const { client } = shop.owner
  const phone = '+34600000142'
  for (let at = 0; at < messages; at += 100)
    await shop.post(
      phone,
      Array.from({ length: Math.min(100, messages - at) }, (_, one) => textEvent(`texto ${at + one}`)),
    )
  await shop.ingest()
  const a = (await client.contacts.list({ q: phone })).items[0]!.id
  const b = (await client.contacts.create({ values: { firstName: 'Lucía', email: 'lucia@example.com' } })).id
  const compare = () => suggestDuplicates(server.deps, { workspaceId: shop.id }, AbortSignal.timeout(60_000))
  await compare()
  let mergeId = 0
  return {
    change: await rowsWritten(() => client.contacts.update({ contactId: b, values: { phone } })),
    compare: await rowsWritten(compare),
    merge: await rowsWritten(async () => {
      mergeId = (await client.merging.merge({ contactIds: [a, b] })).mergeId
    }),
    undo: await rowsWritten(() => client.merging.undo({ mergeId })),
    message: await rowsWritten(() => shop.hear(phone, 'hola')),
  }
}

test('a change, a comparison, a merge, its undo and a message write as many rows, however many contacts and messages there are', async () => {
  const few = await measure(1_000, 1)
  for (const [act, rows] of Object.entries(few)) expect([act, rows > 0 && rows <= 30]).toEqual([act, true])
  for (const many of [await measure(1_000, 2_000), await measure(100_000, 1)])
    for (const [act, rows] of Object.entries(many)) {
      // what is noted of a line at most once in a while may fall into it or not
      const allowed = few[act]! + 1
      expect({ act, rows, isBounded: rows <= allowed }).toEqual({ act, rows, isBounded: true })
    }
})
