import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenInstagram, type GivenChannel } from '../testing/given-channel.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startMessengerDouble, type MessengerDouble } from '../testing/messenger-double.ts'
import { account, instagramWebhook, onInstagram, signature } from '../testing/messenger-webhooks.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { fetchAttachments } from './fetch-attachments.ts'
import { onlyContact, openShop, words, type LineShop } from './testing.ts'

const { said, did, echoed } = onInstagram

let server: TestServer
let meta: MessengerDouble
let line: GivenChannel
let shop: LineShop

beforeAll(async () => {
  meta = await startMessengerDouble()
  server = await startTestServer({ config: { metaApi: meta.url }, work: false })
})
beforeEach(async () => {
  const workspace = await givenWorkspace(server)
  line = await givenInstagram(server, workspace.owner, meta)
  shop = openShop(server, workspace, line.channel.id)
  meta.sent.length = 0
})
afterAll(async () => {
  await server.close()
  await meta.close()
})

const take = async (...events: object[]) => {
  expect((await meta.call(line.webhookUrl, instagramWebhook(events))).status).toBe(200)
  await shop.ingest()
}
const now = () => ({ timestamp: Date.now() })
const hear = (mid: string, text: string) => take(said({ mid, text }, now()))
const say = async (contactId: number, text: string) =>
  (await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text } })).id
const due = () => sql`update inbound_event set next_attempt_at = now() where state = 0`.execute(server.deps.db)
const outgoing = async (contactId: number) =>
  (await shop.messages(contactId)).filter(({ direction }) => direction === 'out')

test('an account is connected under its name, written to and answered, and what was read is seen', async () => {
  expect(line.channel).toMatchObject({ kind: 'instagram', address: `@${account.username}` })
  await hear('m_1', '¿Hacen envíos?')
  const contactId = await onlyContact(shop)
  await say(contactId, 'Sí')
  await shop.deliver(contactId)
  expect(meta.sent[0]!.body).toMatchObject({ recipient: { id: account.igsid }, message: { text: 'Sí' } })
  await take(did({ read: { mid: meta.sent[0]!.id } }))
  expect(await outgoing(contactId)).toMatchObject([{ status: 'read' }])
  expect(meta.violations).toEqual([])
})

test('a forged call changes nothing', async () => {
  const lie = Buffer.from(JSON.stringify(instagramWebhook([said({ text: 'x' })])))
  const wrong = { 'x-hub-signature-256': signature('not the secret', lie) }
  expect((await meta.call(line.webhookUrl, lie, wrong)).status).toBe(401)
  expect((await shop.owner.client.conversations.list({ view: 'all' })).items).toEqual([])
})

test('of a message that was taken back nothing is left: no word, no file, no reaction; only that there was one', async () => {
  const url = meta.addFile(Buffer.from('\u0089PNG\r\n\u001a\n a secret'), 'foto.png')
  await take(said({ mid: 'm_1', attachments: [{ type: 'image', payload: { url } }] }, now()))
  await hear('m_2', 'perdón')
  const contactId = await onlyContact(shop)
  const [first] = await shop.messages(contactId)
  await fetchAttachments(server.deps, { workspaceId: shop.id, messageId: first!.id }, new AbortController().signal)
  const shown = (await shop.messages(contactId))[0]!.attachments[0]!.url!
  const see = () => fetch(server.url + shown, { headers: shop.owner.headers })
  expect((await see()).status).toBe(200)
  // somebody else may not take it back
  await take({ ...said({ mid: 'm_1', is_deleted: true }), sender: { id: '666666' } })
  expect((await see()).status).toBe(200)
  await take(said({ mid: 'm_1', is_deleted: true }, now()))
  expect((await see()).status).toBe(404)
  expect(await shop.messages(contactId)).toMatchObject([
    { id: first!.id, body: { type: 'unsent' }, attachments: [], reactions: [] },
    { body: { type: 'text', text: 'perdón' } },
  ])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from doomed_file`.execute(server.deps.db)
  expect(rows[0]!.n).toBe(0)
})

test('what a blocked contact takes back is not shown when they are unblocked', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  await shop.owner.client.blocking.block({ contactId })
  await hear('m_2', 'secreto')
  await take(said({ mid: 'm_2', is_deleted: true }, now()))
  const { rows } = await sql`select 1 from held_message where workspace_id = ${shop.id}`.execute(server.deps.db)
  expect(rows).toEqual([])
})

test('an echo waits for what is on its way; then it is known, or stands as another hand’s', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  const id = await say(contactId, 'buenas')
  const setState = (state: number) =>
    sql`update delivery set state = ${state}, claimed_at = now() where message_id = ${id}`.execute(server.deps.db)
  await setState(1)
  await take(echoed({ mid: 'm_hand', text: 'desde el móvil' }, now()))
  expect(words(await outgoing(contactId))).toEqual(['buenas'])
  await setState(0)
  await shop.deliver(contactId)
  await due()
  await take(echoed({ mid: meta.sent[0]!.id, text: 'buenas' }, now()))
  expect(words(await outgoing(contactId))).toEqual(['buenas', 'desde el móvil'])
})

test('an echo with the words of a message of which nobody knew proves that it has gone', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  await say(contactId, 'buenas')
  meta.trouble('cut')
  await shop.deliver(contactId)
  expect(await outgoing(contactId)).toMatchObject([{ status: 'unknown' }])
  await take(echoed({ mid: 'm_proof', text: 'buenas' }, now()))
  expect(await outgoing(contactId)).toMatchObject([{ status: 'sent', failure: null }])
})

test('a week to answer in, by hand, where Meta allows it: the record tells until when', async () => {
  await shop.owner.client.channels.update({ channelId: shop.channelId, settings: { humanAgent: true } })
  const written = Date.now() - 3 * 24 * 3_600_000
  await take(said({ mid: 'm_old', text: 'hola' }, { timestamp: written }))
  const contactId = await onlyContact(shop)
  const { channels } = await shop.owner.client.contacts.get({ contactId })
  expect(Date.parse(channels[0]!.windowUntil!)).toBe(written + 7 * 24 * 3_600_000)
  meta.heard(account.igsid, written)
  await say(contactId, 'perdón por la espera')
  await shop.deliver(contactId)
  expect(meta.sent[0]!.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })
  expect(meta.violations).toEqual([])
})
