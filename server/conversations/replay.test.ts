import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { cleanUp } from './clean-up.ts'
import { givenShop, onlyContact, textEvent, type Shop } from './testing.ts'

const ana = '+34600000142'
const running = new AbortController().signal

let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

/** What the workspace holds, save for how often and when providers have called. */
async function holdings(): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const table of [
    'contact',
    'contact_state',
    'contact_channel',
    'conversation',
    'message',
    'activity',
    'delivery',
  ]) {
    const { rows } = await sql<{ sum: string }>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum
      from ${sql.table(table)} t where workspace_id = ${shop.id}`.execute(server.deps.db)
    sums[table] = rows[0]!.sum
  }
  return sums
}

const hours = 3600 * 1000
test.each([
  ['at once', 0],
  ['an hour later', hours],
  ['eight days later', 8 * 24 * hours],
  ['three months later', 89 * 24 * hours],
])('a call that is made again %s changes nothing', async (_when, later) => {
  const heard = textEvent('hola')
  await shop.post(ana, [heard])
  await shop.ingest()
  const contactId = await onlyContact(shop)
  const { conversations } = shop.owner.client
  const sent = await conversations.send({ contactId, body: { type: 'text', text: 'dígame' } })
  await shop.deliver(contactId)
  const receipt = (value: string) => ({
    type: 'message_status',
    mId: double.sent.at(-1)!.mId,
    timestamp: Date.now(),
    status: { value },
  })
  const receipts = [receipt('delivered'), receipt('read')]
  for (const event of receipts) await shop.post(ana, [event])
  await shop.ingest()
  expect((await shop.messages(contactId)).find(({ id }) => id === sent.id)!.status).toBe('read')
  // nothing that comes again may open it
  await conversations.close({ contactId })

  await cleanUp(server.deps, new Date(Date.now() + later), running)
  const before = await holdings()
  for (const event of [heard, ...receipts.toReversed(), heard]) expect(await shop.post(ana, [event])).toBe(200)
  await shop.ingest()
  expect(await holdings()).toEqual(before)
})
