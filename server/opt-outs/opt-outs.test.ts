import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runJob } from '../bulk/run-job.ts'
import type { Incoming } from '../channels/adapter.ts'
import { openLine } from '../channels/open-line.ts'
import { ingestMessage } from '../conversations/ingest-message.ts'
import { recordAttempt } from '../conversations/record-attempt.ts'
import { givenShop, onlyContact, type Shop } from '../conversations/testing.ts'
import { exporting } from '../exports/export-contacts.ts'
import { runImport } from '../imports/run-import.ts'
import { planned } from '../imports/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { givenUpload } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const ana = '+34600000142'
const running = new AbortController().signal

let server: TestServer
let double: CustomDouble
let shop: Shop
let contactId: number
let otherId: number

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.hear(ana, 'hola', { firstName: 'Ana' })
  contactId = await onlyContact(shop)
  otherId = (await givenCustom(server, shop.owner, double, 'phone')).channel.id
  await server.deps.db
    .updateTable('channel')
    .set({ name: 'Otro puente' })
    .where('workspace_id', '=', shop.id)
    .where('id', '=', otherId)
    .execute()
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const get = (id = contactId) => shop.owner.client.contacts.get({ contactId: id })
const out = async (id = contactId) => (await get(id)).optOuts.map(({ channelId, source }) => [channelId, source])
const send = (id = contactId, channelId = shop.channelId) =>
  shop.agent.client.conversations.send({ contactId: id, channelId, body: { type: 'text', text: 'oferta' } })
const refused = { code: 'CONFLICT', data: { reason: 'opted-out' } }
const sent = () => double.sent.filter((one) => JSON.stringify(one).includes('oferta')).length

/** As a provider that knows such words hands it over. */
async function asks(optOut: 'stop' | 'start', more: Partial<Extract<Incoming, { type: 'message' }>> = {}) {
  const opened = (await openLine(server.deps, shop.id, shop.channelId))!
  const word = optOut.toUpperCase()
  return ingestMessage(server.deps, opened.line, opened.adapter, {
    type: 'message',
    extId: `${word}-${Math.random()}`,
    sentAt: null,
    sender: { address: ana, addressKey: `phone:${ana}`, profileName: null, phone: ana },
    body: { type: 'text', text: word },
    files: [],
    optOut,
    ...more,
  })
}

test('a member notes who wants no messages: every sending is refused there; only Owners and Managers lift it, with a reason', async () => {
  const { client } = shop.agent
  const set = () => client.optOuts.set({ contactId, channelId: shop.channelId, reason: ' Lo pidió por teléfono ' })
  expect((await set()).optOuts).toMatchObject([
    { channelId: shop.channelId, source: 'person', by: 'Ana Agente', reason: 'Lo pidió por teléfono' },
  ])
  expect((await set()).optOuts).toHaveLength(1)
  await expect(send()).rejects.toMatchObject(refused)
  await send(contactId, otherId)
  await client.conversations.addNote({ contactId, text: 'no escribirle' })

  // by no channel at all
  await client.optOuts.set({ contactId, channelId: null })
  await expect(send(contactId, otherId)).rejects.toMatchObject(refused)
  const lift = (who: Shop['owner'], channelId: number | null) =>
    who.client.optOuts.lift({ contactId, channelId, reason: 'Nos lo pidió por escrito' })
  await expect(lift(shop.agent, null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(shop.owner.client.optOuts.lift({ contactId, channelId: null, reason: ' ' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(shop.owner.client.optOuts.set({ contactId, channelId: 99_999 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await lift(shop.manager, null)
  await lift(shop.manager, null)
  await send(contactId, otherId)
  await expect(send()).rejects.toMatchObject(refused)
  await lift(shop.owner, shop.channelId)
  await send()

  const { items } = await shop.owner.client.activity.ofContact({ contactId, group: 'channels' })
  const told = items
    .filter(({ kind }) => kind === 'optedOut' || kind === 'optedIn')
    .map(({ kind, data }) => [kind, data])
  const name = (await shop.owner.client.channels.get({ channelId: shop.channelId })).name
  const reason = 'Nos lo pidió por escrito'
  expect(told).toEqual([
    ['optedIn', { channelId: shop.channelId, channelName: name, reason }],
    ['optedIn', { channelId: null, channelName: null, reason }],
    ['optedOut', { channelId: null, channelName: null, source: 'person', reason: null }],
    ['optedOut', { channelId: shop.channelId, channelName: name, source: 'person', reason: 'Lo pidió por teléfono' }],
  ])
  const thread = (await shop.thread(contactId)).flatMap((item) => (item.type === 'event' ? [item.event.kind] : []))
  expect(thread.filter((kind) => kind.startsWith('opted'))).toEqual(['optedOut', 'optedOut', 'optedIn', 'optedIn'])
})

test('who writes STOP is written to no more, nor is sent what waits already; START ends it', async () => {
  const waiting = await send()
  await asks('stop')
  await asks('stop')
  expect(await out()).toEqual([[shop.channelId, 'contact']])
  const before = sent()
  await shop.deliver(contactId)
  expect(sent()).toBe(before)
  const message = async () => (await shop.messages(contactId)).find(({ id }) => id === waiting.id)
  expect(await message()).toMatchObject({ status: 'failed', failure: { code: 'not-wanted' } })
  await expect(shop.agent.client.conversations.sendAgain({ contactId, messageId: waiting.id })).rejects.toMatchObject(
    refused,
  )
  await asks('start')
  expect(await out()).toEqual([])
  await shop.agent.client.conversations.sendAgain({ contactId, messageId: waiting.id })
  await shop.deliver(contactId)
  expect(sent()).toBe(before + 1)
})

test('a START lifts what a member noted for that channel, but not that no channel is wanted', async () => {
  for (const channelId of [shop.channelId, null]) await shop.owner.client.optOuts.set({ contactId, channelId })
  await asks('start')
  expect(await out()).toEqual([[null, 'person']])
})

test('who may have forged an address asks nothing in its owner’s name; who is blocked is heard', async () => {
  await asks('stop', {
    sender: { address: ana, addressKey: `phone:${ana}`, profileName: null, phone: ana, verified: false },
  })
  expect(await out()).toEqual([])
  await shop.owner.client.blocking.block({ contactId })
  await asks('stop')
  expect(await out()).toEqual([[shop.channelId, 'contact']])
})

test('what the provider knows of a STOP is noted', async () => {
  const { id: messageId } = await send()
  const delivery = await server.deps.db
    .updateTable('delivery')
    .set({ state: 1 })
    .where('workspace_id', '=', shop.id)
    .where('message_id', '=', messageId)
    .returningAll()
    .executeTakeFirstOrThrow()
  const { contact_channel_id: contactChannelId } = delivery
  const claimed = {
    workspaceId: shop.id,
    messageId,
    contactId,
    channelId: shop.channelId,
    contactChannelId,
    attempts: 1,
    queuedAt: new Date(),
  }
  await recordAttempt(server.deps, claimed, { outcome: 'failed', code: 'opted-out', detail: null })
  expect(await out()).toEqual([[shop.channelId, 'channel']])
  await expect(send()).rejects.toMatchObject(refused)
})

test('the strictest holds for who has become one; parted, each is as they asked, and as was asked meanwhile', async () => {
  const { contacts, merging, optOuts } = shop.owner.client
  const { id: twin } = await contacts.create({ values: { firstName: 'Anita' } })
  await optOuts.set({ contactId: twin, channelId: shop.channelId })
  const wish = { contactIds: [contactId, twin], survivorId: contactId }
  expect((await merging.plan(wish)).result.optOuts).toMatchObject([{ channelId: shop.channelId, source: 'person' }])
  const { mergeId, contact } = await merging.merge(wish)
  expect(contact.optOuts).toHaveLength(1)
  await expect(send()).rejects.toMatchObject(refused)
  await optOuts.set({ contactId, channelId: otherId })
  expect((await merging.undoPlan({ mergeId })).staysOptedOut).toMatchObject([{ channelId: otherId }])
  await merging.undo({ mergeId })
  expect(await out()).toEqual([[otherId, 'person']])
  expect(new Set((await out(twin)).map(([id]) => id))).toEqual(new Set([shop.channelId, otherId]))
  await send()
})

test('lists are narrowed by it, a file carries it out and in again, and no import lifts it', async () => {
  const { contacts, optOuts, exports, imports, channels } = shop.owner.client
  const { id: silent } = await contacts.create({ values: { firstName: 'Silvia', phone: '+34600000143' } })
  const { id: free } = await contacts.create({ values: { firstName: 'Libre', phone: '+34600000144' } })
  await optOuts.set({ contactId, channelId: shop.channelId })
  await optOuts.set({ contactId: silent, channelId: null })
  const found = async (operator: 'hasAnyOf' | 'hasNoneOf' | 'exists' | 'doesNotExist', value?: number[]) =>
    (await contacts.list({ filter: { and: [{ field: 'optOut', operator, ...(value && { value }) }] } })).items
      .map(({ id }) => id)
      .toSorted((a, b) => a - b)
  expect(await found('exists')).toEqual([contactId, silent])
  expect(await found('doesNotExist')).toEqual([free])
  expect(await found('hasAnyOf', [otherId])).toEqual([silent])
  expect(await found('hasNoneOf', [shop.channelId])).toEqual([free])

  const { job } = await exports.start({
    selection: { kind: 'ids', ids: [contactId, silent, free] },
    format: 'csv',
    columns: ['phone', 'optOuts'],
  })
  await runJob(server.deps, { export: exporting }, { workspaceId: shop.id, jobId: job.id }, running)
  const { url } = await exports.get({ jobId: job.id })
  const csv = await (await fetch(`${server.url}${url}`, { headers: shop.owner.headers })).text()
  const line = (await channels.get({ channelId: shop.channelId })).name
  expect(csv.replace('\ufeff', '').trim().split('\r\n')).toEqual([
    'Phone,Not to be written to by',
    `${ana},${line}`,
    '+34600000143,all',
    '+34600000144,',
  ])

  for (const id of [contactId, silent])
    for (const channelId of [shop.channelId, null]) await optOuts.lift({ contactId: id, channelId, reason: 'prueba' })
  await optOuts.set({ contactId: free, channelId: otherId })
  const importId = await givenUpload(server.url, shop.owner, csv)
  const wish = { columns: (await imports.get({ importId })).guess }
  expect(wish.columns).toEqual(['phone', 'optOuts'])
  const of = { id: shop.id, client: shop.owner.client }
  expect((await planned(server, of, importId, wish)).map(({ outcome }) => outcome)).toEqual([
    'updated',
    'updated',
    'unchanged',
  ])
  await imports.start({ importId, wish, tagIt: false })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running)
  expect(await Promise.all([contactId, silent, free].map(out))).toEqual([
    [[shop.channelId, 'import']],
    [[null, 'import']],
    [[otherId, 'person']],
  ])
  // a name that is no channel's is not passed over
  const bad = await givenUpload(server.url, shop.owner, 'Phone,Opt out\n+34600000144,Fax')
  const [row] = await planned(server, of, bad, { columns: ['phone', 'optOuts'] })
  expect(row).toMatchObject({ outcome: 'refused', reasons: [{ reason: 'unknown-channel' }] })

  await imports.undo({ importId })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running)
  expect(await Promise.all([contactId, silent, free].map(out))).toEqual([[], [], [[otherId, 'person']]])
})
