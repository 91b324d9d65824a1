import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenMessenger, type GivenChannel } from '../testing/given-channel.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startMessengerDouble, type MessengerDouble } from '../testing/messenger-double.ts'
import { did, echoed, page, pageWebhook, said, signature } from '../testing/messenger-webhooks.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { fetchProfile } from './fetch-profile.ts'
import { onlyContact, openShop, words, type LineShop } from './testing.ts'

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
  line = await givenMessenger(server, workspace.owner, meta)
  shop = openShop(server, workspace, line.channel.id)
  meta.sent.length = 0
})
afterAll(async () => {
  await server.close()
  await meta.close()
})

const post = async (...events: object[]) => (await meta.call(line.webhookUrl, pageWebhook(events))).status
const take = async (...events: object[]) => {
  expect(await post(...events)).toBe(200)
  await shop.ingest()
}
const now = () => ({ timestamp: Date.now() })
const hear = (mid: string, text: string) => take(said({ mid, text }, now()))
const stored = () =>
  server.deps.db.selectFrom('inbound_event').selectAll().where('workspace_id', '=', shop.id).execute()

test('a page is connected under its name, once, and shakes hands by its own token', async () => {
  expect(line.channel).toMatchObject({ kind: 'messenger', address: page.name, state: 'connected' })
  expect(JSON.stringify(line.channel.settings)).not.toContain(meta.settings.accessToken)
  await expect(givenMessenger(server, shop.owner, meta)).rejects.toMatchObject({
    data: { reason: 'line-already-connected' },
  })
  const right = await meta.shakeHands(line.webhookUrl, line.channel.setup.verifyToken!, '<b>1</b>')
  expect([right.status, await right.text()]).toEqual([200, '<b>1</b>'])
  expect(right.headers.get('content-type')).toMatch(/^text\/plain/)
  expect((await meta.shakeHands(line.webhookUrl, 'wrong')).status).toBe(403)
})

test('a person who writes is a contact, is answered, and what became of the answer is seen', async () => {
  await hear('m_1', '¿Tienen mesas de nogal?')
  const contactId = await onlyContact(shop)
  expect(words(await shop.messages(contactId))).toEqual(['¿Tienen mesas de nogal?'])
  await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'Sí, dos.' } })
  await shop.deliver(contactId)
  const [sent] = meta.sent
  expect(sent!.body).toMatchObject({ recipient: { id: page.psid }, message: { text: 'Sí, dos.' } })
  await take(did({ delivery: { mids: [sent!.id], watermark: Date.now() } }))
  expect((await shop.messages(contactId)).at(-1)).toMatchObject({ status: 'delivered' })
  expect(meta.violations).toEqual([])
})

test('a forged call changes nothing, a replayed one nothing more', async () => {
  const lie = Buffer.from(JSON.stringify(pageWebhook([said({ mid: 'm_lie', text: 'soy otra' }, now())])))
  for (const wrong of ['', 'sha256=', signature('not the secret', lie), signature(meta.settings.appSecret, 'x')]) {
    const answer = await meta.call(line.webhookUrl, lie, { 'x-hub-signature-256': wrong })
    expect(answer.status).toBe(401)
  }
  expect(await stored()).toEqual([])
  const truth = said({ mid: 'm_1', text: 'hola' }, now())
  await take(truth)
  // other bytes, the same message
  for (let round = 0; round < 3; round++) await take(truth, did({ optin: { round } }))
  expect(words(await shop.messages(await onlyContact(shop)))).toEqual(['hola'])
})

test('pages of one app share its address: each line gets its own, a stranger’s page is nobody’s', async () => {
  const { channel } = await givenMessenger(server, shop.owner, meta, { pageId: '333333333' })
  await meta.call(line.webhookUrl, pageWebhook([said({ text: 'x' })], '333333333'))
  await meta.call(line.webhookUrl, pageWebhook([said({ text: 'x' })], '444444444'))
  expect(await stored()).toMatchObject([{ channel_id: channel.id }])
})

test('what the page says by another hand stands as outgoing; our own, echoed, stands once', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'buenas' } })
  await shop.deliver(contactId)
  await take(echoed({ mid: meta.sent[0]!.id, text: 'buenas', metadata: 'x' }, now()))
  await take(echoed({ mid: 'm_hand', text: 'desde la página' }, now()))
  const messages = await shop.messages(contactId)
  expect(words(messages)).toEqual(['hola', 'buenas', 'desde la página'])
  expect(messages.at(-1)).toMatchObject({ direction: 'out', sender: { type: 'echo' }, status: 'sent' })
})

test('a text with files goes as a message of its own before them', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  const form = new FormData()
  form.set('file', new Blob([Buffer.from('%PDF-1.4 x')], { type: 'application/pdf' }), 'Tarifa.pdf')
  const upload = await fetch(`${server.url}/files`, { method: 'POST', headers: shop.owner.headers, body: form })
  const { items } = (await upload.json()) as { items: { id: string }[] }
  const body = { type: 'text', text: 'la tarifa' } as const
  await shop.owner.client.conversations.send({ contactId, body, attachmentIds: [items[0]!.id] })
  await shop.deliver(contactId)
  expect(meta.sent.map((sent) => Object.keys(sent.body['message'] as object).toSorted())).toEqual([
    ['metadata', 'text'],
    ['attachment', 'metadata'],
  ])
  expect(meta.violations).toEqual([])
})

test('after 24 hours nothing is queued, and nobody is written to first', async () => {
  await take(said({ mid: 'm_old', text: 'ayer' }, { timestamp: Date.now() - 25 * 3_600_000 }))
  const contactId = await onlyContact(shop)
  const { client } = shop.owner
  const say = (to: number) =>
    client.conversations.send({ contactId: to, channelId: shop.channelId, body: { type: 'text', text: 'hola' } })
  await expect(say(contactId)).rejects.toMatchObject({ data: { reason: 'window-closed' } })
  const { id } = await client.contacts.create({ values: { firstName: 'Ana', phone: '+34600000142' } })
  await expect(say(id)).rejects.toMatchObject({ data: { reason: 'only-contact-can-start' } })
})

test('a token that has ended marks the line broken, in words and for everybody', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  meta.refuse('190/463')
  await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'hola' } })
  await shop.deliver(contactId)
  expect((await shop.messages(contactId)).at(-1)).toMatchObject({
    status: 'queued',
    failure: { code: 'token-expired' },
  })
  const { items } = await shop.agent.client.channels.list({})
  expect(items).toMatchObject([{ state: 'broken', problem: { code: 'token-expired' } }])
})

const say = async (contactId: number, text: string) => {
  const { id } = await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text } })
  return id
}
const statuses = async (contactId: number) =>
  (await shop.messages(contactId)).flatMap(({ direction, status }) => (direction === 'out' ? [status] : []))
const markOf = (messageId: number) => `ficha:${new URL(line.webhookUrl).pathname.split('/').at(-1)}:${messageId}`

test('what was read is told by time: all that had gone by then, not what waited, nor what may not have gone', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  for (const text of ['uno', 'dos']) await say(contactId, text)
  await shop.deliver(contactId)
  meta.trouble('cut')
  await say(contactId, 'quizá')
  await shop.deliver(contactId)
  const written = await say(contactId, 'espera')
  const upTo = Date.now() + 1
  await shop.deliver(contactId)
  // it was written before the person read, and went after
  await sql`update delivery set claimed_at = now() + interval '1 minute' where message_id = ${written}`.execute(
    server.deps.db,
  )
  await take(did({ delivery: { watermark: upTo } }))
  expect(await statuses(contactId)).toEqual(['delivered', 'delivered', 'unknown', 'sent'])
  await take(did({ read: { watermark: upTo } }))
  expect(await statuses(contactId)).toEqual(['read', 'read', 'unknown', 'sent'])
  // an older one that comes late moves nothing back
  await take(did({ delivery: { watermark: upTo - 1 } }))
  expect(await statuses(contactId)).toEqual(['read', 'read', 'unknown', 'sent'])
})

test('an echo that is here before the answer to its own call settles the message, and stands once', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  const id = await say(contactId, 'buenas')
  await sql`update delivery set state = 1, claimed_at = now(), attempts = 1 where message_id = ${id}`.execute(
    server.deps.db,
  )
  await take(echoed({ mid: 'm_early', text: 'buenas', metadata: markOf(id) }, now()))
  await take(echoed({ mid: 'm_early', text: 'buenas', metadata: markOf(id) }, { timestamp: 1 }))
  expect(await statuses(contactId)).toEqual(['sent'])
  await take(did({ delivery: { mids: ['m_early'] } }))
  expect(await statuses(contactId)).toEqual(['delivered'])
})

test('an echo proves that a message of which nobody knew has gone; another line’s mark proves nothing', async () => {
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  const id = await say(contactId, 'buenas')
  meta.trouble('cut')
  await shop.deliver(contactId)
  expect(await statuses(contactId)).toEqual(['unknown'])
  await take(echoed({ mid: 'm_other', text: 'buenas', metadata: `ficha:another:${id}` }, now()))
  expect(await statuses(contactId)).toEqual(['unknown', 'sent'])
  await take(echoed({ mid: 'm_proof', text: 'buenas', metadata: markOf(id) }, now()))
  expect((await shop.messages(contactId)).filter(({ id: one }) => one === id)).toMatchObject([
    { status: 'sent', failure: null },
  ])
  expect(await statuses(contactId)).toHaveLength(2)
})

test('a message written anew says what it said before, in whatever order the edits come', async () => {
  await hear('m_1', 'a las ocho')
  const contactId = await onlyContact(shop)
  const edit = (text: string, num_edit: number) => take(did({ ...now(), message_edit: { mid: 'm_1', text, num_edit } }))
  await edit('a las diez', 2)
  await edit('a las nueve', 1)
  await take({ ...did({ message_edit: { mid: 'm_1', text: 'nada', num_edit: 3 } }), sender: { id: '99999' } })
  const [message] = await shop.messages(contactId)
  expect(message).toMatchObject({ body: { text: 'a las diez' }, edited: { earlier: ['a las ocho'] } })
})

const ask = async () => {
  const { rows } = await sql<{ id: number }>`
    select id from contact_channel where workspace_id = ${shop.id}`.execute(server.deps.db)
  await fetchProfile(server.deps, { workspaceId: shop.id, contactChannelId: rows[0]!.id }, new AbortController().signal)
}
const asked = () => meta.requests.filter(({ path }) => path.endsWith(`/${page.psid}`)).length

test('who writes is asked about, once in a while: name, picture, language, and where the page shows the conversation', async () => {
  const person = {
    first_name: 'Ana',
    last_name: 'Pérez',
    profile_pic: 'https://scontent.xx.fbcdn.net/a.jpg',
    locale: 'es_ES',
  }
  meta.people.set(page.psid, { ...person, mayTellLocale: true })
  await hear('m_1', 'hola')
  const { rows } = await sql`select from pgboss.job where name = 'fetch-profile'
    and data->>'workspaceId' = ${String(shop.id)}`.execute(server.deps.db)
  expect(rows).toHaveLength(1)
  const contactId = await onlyContact(shop)
  const { client } = shop.owner
  const place = async () => (await client.contacts.get({ contactId })).channels[0]!.url
  expect(await place()).toBe(`https://business.facebook.com/latest/inbox/all?asset_id=${page.id}`)
  await ask()
  expect(await client.contacts.get({ contactId })).toMatchObject({
    displayName: 'Ana Pérez',
    pictureUrl: person.profile_pic,
    fields: {
      firstName: { value: 'Ana', source: 'channel' },
      lastName: { value: 'Pérez' },
      language: { value: 'es-ES' },
    },
  })
  expect(await place()).toBe(`https://www.facebook.com/${page.id}/inbox/${page.psid}/?section=messages`)
  const before = asked()
  await hear('m_2', 'otra vez')
  await ask()
  expect(asked()).toBe(before)
})

test('without the permission for the language the rest is told; a name that a person gave stays', async () => {
  meta.people.set(page.psid, { first_name: 'Ana', last_name: null, profile_pic: 'javascript:alert(1)' })
  await hear('m_1', 'hola')
  const contactId = await onlyContact(shop)
  await shop.owner.client.contacts.update({ contactId, values: { firstName: 'Anita' } })
  await ask()
  expect(await shop.owner.client.contacts.get({ contactId })).toMatchObject({
    profileName: 'Ana',
    pictureUrl: null,
    fields: { firstName: { value: 'Anita' } },
  })
  expect(meta.violations).toEqual([])
})

test('whoever is not told of stays as they are, and is asked about again later; an ended token shows on the line', async () => {
  meta.people.clear()
  await hear('m_1', 'hola')
  await ask()
  const before = asked()
  await ask()
  expect(asked()).toBe(before)
  await sql`update contact_channel set profile_asked_at = now() - interval '4 days'
    where workspace_id = ${shop.id}`.execute(server.deps.db)
  meta.expireToken()
  await ask()
  const { items } = await shop.agent.client.channels.list({})
  expect(items).toMatchObject([{ state: 'broken', problem: { code: 'token-expired' } }])
})
