import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { releaseHeld } from '../conversations/release-held.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { runJob } from '../bulk/run-job.ts'
import { deletion } from '../deletion/deletion.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { cycleAt } from '../workspaces/billing-cycle.ts'
import { closeCycles } from './close-cycles.ts'

const running = new AbortController().signal
const ana = '+34600000141'
const bea = '+34600000142'

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

const usage = () => shop.owner.client.usage.get()
const present = async () => (await usage()).cycles.at(-1)!
const before = async () => (await usage()).cycles.at(-2)!
const contactOf = async (phone: string) => (await shop.owner.client.contacts.list({ q: phone })).items[0]!.id

/** As if a month had passed: whatever was counted was counted a cycle before, blocks were made a month before. */
async function letMonthPass(): Promise<void> {
  const { db } = server.deps
  await sql`update active_contact set cycle = cycle - interval '1 month' where workspace_id = ${shop.id}`.execute(db)
  for (const [table, column] of [
    ['contact_block', 'blocked_at'],
    ['contact', 'blocked_at'],
    ['workspace', 'created_at'],
  ] as const)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} - interval '1 month'
      where ${sql.ref(table === 'workspace' ? 'id' : 'workspace_id')} = ${shop.id}`.execute(db)
}

test('a contact is active with its first message in a cycle, in or out, by whichever channel, and counts once', async () => {
  expect(await present()).toMatchObject({ contacts: 0, fresh: 0, incoming: 0, channels: [], isClosed: false })
  await shop.hear(ana, 'hola')
  await shop.hear(ana, '¿hola?')
  const { channel } = await givenCustom(server, shop.owner, double, 'phone')
  const { contactId } = await shop.owner.client.conversations.start({ to: bea })
  await shop.owner.client.conversations.addNote({ contactId, text: 'llamarla' })
  expect(await present()).toMatchObject({ contacts: 1 })
  const text = { type: 'text', text: 'buenas' } as const
  await shop.owner.client.conversations.send({ contactId, channelId: channel.id, body: text })
  await shop.owner.client.conversations.send({ contactId: await contactOf(ana), channelId: channel.id, body: text })
  expect(await present()).toMatchObject({
    contacts: 2,
    fresh: 2,
    incoming: 1,
    channels: [
      { channelId: shop.channelId, contacts: 1 },
      { channelId: channel.id, contacts: 1 },
    ],
  })
  await letMonthPass()
  await shop.hear(ana, 'otra vez')
  expect(await present()).toMatchObject({ contacts: 1, fresh: 0, incoming: 1 })
  expect(await before()).toMatchObject({ contacts: 2, fresh: 2, isClosed: true })
  // agents do not see it
  await expect(shop.agent.client.usage.get()).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('who has become one counts once as long as they are one; a cycle that was closed stays as it was', async () => {
  for (const phone of [ana, bea]) await shop.hear(phone, 'hola')
  const contactIds = [await contactOf(ana), await contactOf(bea)]
  await letMonthPass()
  await closeCycles(server.deps, running)
  await closeCycles(server.deps, running)
  const { merging } = shop.owner.client
  const { mergeId } = await merging.merge({ contactIds })
  for (const phone of [ana, bea]) await shop.hear(phone, 'hola')
  expect((await usage()).cycles.map(({ contacts }) => contacts)).toEqual([2, 1])
  // each had written, so each counts for themself again
  await merging.undo({ mergeId })
  expect((await usage()).cycles.map(({ contacts }) => contacts)).toEqual([2, 2])
})

test('who is blocked counts until the cycle ends, and not from the next one on; what is shown later changes no cycle that ended', async () => {
  await shop.hear(ana, 'hola')
  const contactId = await contactOf(ana)
  const { blocking } = shop.owner.client
  await letMonthPass()
  await blocking.block({ contactId })
  await shop.hear(ana, 'en el ciclo del bloqueo')
  expect(await present()).toMatchObject({ contacts: 1 })
  await letMonthPass()
  await shop.hear(ana, 'en el siguiente')
  expect(await present()).toMatchObject({ contacts: 0 })
  expect(await before()).toMatchObject({ contacts: 1 })
  await blocking.unblock({ contactId, showHeld: true })
  expect(await present()).toMatchObject({ contacts: 0 })
  await releaseHeld(server.deps, { workspaceId: shop.id }, running)
  expect(await present()).toMatchObject({ contacts: 1, fresh: 0, incoming: 1 })
  expect(await before()).toMatchObject({ contacts: 1 })
})

test('who is deleted stays counted, once however many they were, and nothing but a number says who', async () => {
  const phones = [ana, bea, '+34600000143']
  for (const phone of phones) await shop.hear(phone, 'hola')
  const ids = await Promise.all(phones.map(contactOf))
  await shop.owner.client.merging.merge({ contactIds: [ids[0]!, ids[1]!] })
  expect(await present()).toMatchObject({ contacts: 2 })
  const { id: jobId } = await shop.owner.client.deletion.start({
    selection: { kind: 'ids', ids: [ids[0]!, ids[2]!] },
    contacts: 2,
  })
  await runJob(server.deps, { delete: deletion }, { workspaceId: shop.id, jobId }, running)
  expect((await shop.owner.client.contacts.list({})).items).toEqual([])
  expect(await present()).toMatchObject({ contacts: 2, fresh: 2 })
})

test('cycles begin on the billing day, by the clocks of the workspace; a change holds from the next one on', async () => {
  const cycleOf = async (day: string) => {
    const { rows } = await sql<{ starts_on: string; ends_on: string }>`
      select starts_on, ends_on from ${cycleAt(shop.id, sql`${day}::date`)} c`.execute(server.deps.db)
    return [rows[0]!.starts_on, rows[0]!.ends_on]
  }
  expect(await cycleOf('2024-02-29')).toEqual(['2024-02-01', '2024-03-01'])
  await sql`delete from billing_day where workspace_id = ${shop.id}`.execute(server.deps.db)
  await sql`insert into billing_day (workspace_id, since, day)
    values (${shop.id}, '0001-01-01', 1), (${shop.id}, '2026-03-01', 28), (${shop.id}, '2026-05-28', 10)`.execute(
    server.deps.db,
  )
  expect(await cycleOf('2026-02-28')).toEqual(['2026-02-01', '2026-03-01'])
  expect(await cycleOf('2026-03-01')).toEqual(['2026-03-01', '2026-03-28'])
  expect(await cycleOf('2026-03-28')).toEqual(['2026-03-28', '2026-04-28'])
  expect(await cycleOf('2026-05-27')).toEqual(['2026-04-28', '2026-05-28'])
  expect(await cycleOf('2026-06-09')).toEqual(['2026-05-28', '2026-06-10'])
  expect(await cycleOf('2027-01-05')).toEqual(['2026-12-10', '2027-01-10'])

  await sql`delete from billing_day where workspace_id = ${shop.id}`.execute(server.deps.db)
  await sql`insert into billing_day (workspace_id, since, day) values (${shop.id}, '0001-01-01', 1)`.execute(
    server.deps.db,
  )
  await shop.hear(ana, 'hola')
  const running1 = await present()
  const { workspaces, audit } = shop.owner.client
  for (const billingDay of [20, 15]) await workspaces.update({ billingDay })
  expect(await present()).toEqual(running1)
  expect((await workspaces.get()).billingDay).toBe(15)
  const next = new Date(`${running1.endsOn}T12:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  const [starts, ends] = await cycleOf(next.toISOString().slice(0, 10))
  expect([starts, ends!.slice(8)]).toEqual([next.toISOString().slice(0, 10), '15'])
  expect((await audit.list({})).items[0]!.changes).toEqual([{ what: 'billingDay', from: 20, to: 15 }])
  for (const billingDay of [0, 29, 1.5])
    await expect(workspaces.update({ billingDay })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
