import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenSms, type GivenChannel } from '../../testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../../testing/given.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { startTwilioDouble, type TwilioDouble } from '../../testing/twilio-double.ts'
import { incomingSms, newSid, smsReceipt, twilioExample } from '../../testing/twilio-webhooks.ts'
import { waitFor } from '../../testing/wait-for.ts'

let server: TestServer
let twilio: TwilioDouble
let owner: GivenMember
let workspaceId: number
let line: GivenChannel & { toldUrl: string }

beforeAll(async () => {
  twilio = await startTwilioDouble()
  server = await startTestServer({ config: { twilioApi: twilio.url, publicUrl: 'https://ficha.example' } })
})
beforeEach(async () => {
  ;({ owner, id: workspaceId } = await givenWorkspace(server))
  line = await givenSms(server, owner, twilio)
})
afterEach(() => {
  twilio.sent.length = 0
  twilio.violations.length = 0
})
afterAll(async () => {
  await server.close()
  await twilio.close()
})

const hear = async (params: Record<string, string>) => (await twilio.call(line, params)).status
const firstContact = () =>
  waitFor('a contact', async () => (await owner.client.conversations.list({ view: 'all' })).items[0]?.contactId)
const messages = async (contactId: number) =>
  (await owner.client.conversations.thread({ contactId })).items.flatMap((item) =>
    item.type === 'message' ? [item.message] : [],
  )
const events = () =>
  server.deps.db.selectFrom('inbound_event').selectAll().where('workspace_id', '=', workspaceId).execute()

test('a text that comes makes a contact, and Twilio is answered with silence', async () => {
  const answer = await twilio.call(line, incomingSms('Hola ñ & 😀 + más%'))
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8'])
  expect(await answer.text()).toMatch(/<Response\/>$/)
  const contactId = await firstContact()
  expect(await messages(contactId)).toMatchObject([
    { direction: 'in', kind: 'sms', body: { type: 'text', text: 'Hola ñ & 😀 + más%' }, status: 'received' },
  ])
  const { fields } = await owner.client.contacts.get({ contactId })
  expect(fields).toMatchObject({ phone: { value: twilioExample.person }, country: { value: 'US' } })
})

test('pictures that come are fetched with the account’s name, which goes to nobody else', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const url = twilio.addMedia(png, 'image/png')
  await hear(incomingSms('Mira', { NumMedia: '1', MediaUrl0: url, MediaContentType0: 'image/png' }))
  const contactId = await firstContact()
  const message = await waitFor('the picture', async () =>
    (await messages(contactId)).find(({ attachments }) => attachments[0]?.state === 'stored'),
  )
  expect(message).toMatchObject({
    body: { type: 'attachment', text: 'Mira' },
    attachments: [{ kind: 'image', name: 'image-1.png', type: 'image/png', size: png.length }],
  })
})

test('a forged call changes nothing', async () => {
  const params = incomingSms('Soy otra persona')
  const body = new URLSearchParams({ ...params, From: '+34600000142' }).toString()
  const forgeries = [
    twilio.call(line, params, { headers: { 'x-twilio-signature': '' } }),
    twilio.call(line, params, { authToken: 'another secret' }),
    twilio.call(line, params, { authToken: '' }),
    twilio.call(line, params, { body }),
    // signed for another channel’s address
    twilio.call({ ...line, toldUrl: `${line.toldUrl}x` }, params),
    twilio.call(line, params, { headers: { 'x-twilio-webhooks-signature-settings': 'key=k,algorithm=HMAC_SHA256' } }),
    fetch(line.webhookUrl, { method: 'POST', body: new URLSearchParams(params) }),
  ]
  for (const answer of await Promise.all(forgeries)) expect(answer.status).toBe(401)
  expect((await fetch(line.webhookUrl)).status).toBe(400)
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  expect((await fetch(line.webhookUrl, json)).status).toBe(415)
  expect(await events()).toEqual([])
})

test('what is signed is the address as Twilio was told it, whatever a call says of the way it came', async () => {
  const { host } = new URL(line.toldUrl)
  const claims = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example' }
  expect(
    (await twilio.call(line, incomingSms('de verdad', { MessageSid: newSid('SM') }), { headers: claims })).status,
  ).toBe(200)
  const elsewhere = { ...line, toldUrl: line.toldUrl.replace(host, 'evil.example') }
  expect((await twilio.call(elsewhere, incomingSms('de otro'), { headers: claims })).status).toBe(401)
  // an address is signed with its escapes as they were told
  const query = '?message=a%20b%2Fc&x=%C3%B1'
  expect((await twilio.call(line, incomingSms('hola  \r\n '), { query })).status).toBe(200)
  const respelt = { webhookUrl: `${line.webhookUrl}?message=a+b/c&x=%c3%b1`, toldUrl: line.toldUrl + query }
  expect((await twilio.call(respelt, incomingSms('otra'))).status).toBe(401)
  const asJson = { 'content-type': 'application/json' }
  expect(
    (await twilio.call(line, incomingSms('x'), { query: '?bodySHA256=00', headers: asJson, body: '{}' })).status,
  ).toBe(415)
  expect(await events()).toHaveLength(2)
})

test('a call that is replayed, and a message told of twice, change nothing the second time', async () => {
  const params = incomingSms('una vez')
  for (let round = 0; round < 3; round++) expect(await hear(params)).toBe(200)
  // other bytes: the guard is the message’s own id
  expect(await hear({ ...params, AddOns: '{}' })).toBe(200)
  const contactId = await firstContact()
  await waitFor('both events', async () => {
    const stored = await events()
    return stored.length === 2 && stored.every(({ state }) => state === 1)
  })
  expect(await messages(contactId)).toHaveLength(1)
})

test('a message to another number of the account is nobody’s here, one to a connected one is that line’s', async () => {
  expect(await hear(incomingSms('a otro', { To: '+14155238886' }))).toBe(200)
  expect(await events()).toEqual([])
  const second = await givenSms(server, owner, twilio, { sender: '+14155238886' })
  expect(await hear(incomingSms('al segundo', { To: '+14155238886' }))).toBe(200)
  const contactId = await firstContact()
  expect(await messages(contactId)).toMatchObject([{ channelId: second.channel.id }])
})

test('an answer goes to the very number, and its receipts are followed up to what went wrong', async () => {
  await hear(incomingSms('¿Abren hoy?'))
  const contactId = await firstContact()
  await owner.client.conversations.send({ contactId, body: { type: 'text', text: 'Sí, hasta las 8.' } })
  const { sid, form } = await waitFor('the answer', () => twilio.sent[0])
  expect(Object.fromEntries(form)).toEqual({
    To: twilioExample.person,
    From: twilioExample.number,
    Body: 'Sí, hasta las 8.',
    StatusCallback: line.toldUrl,
  })
  const answered = async () => (await messages(contactId)).find(({ direction }) => direction === 'out')!
  for (const [told, status] of [
    ['queued', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    // late, and out of order
    ['sent', 'delivered'],
  ] as const) {
    expect(await hear(smsReceipt(sid, told))).toBe(200)
    await waitFor(told, async () => (await answered()).status === status)
  }
  await owner.client.conversations.send({ contactId, body: { type: 'text', text: '¿Le va bien?' } })
  const second = await waitFor('the second', () => twilio.sent[1])
  await hear(smsReceipt(second.sid, 'undelivered', { ErrorCode: '30003' }))
  const failed = await waitFor('the failure', async () =>
    (await messages(contactId)).find(({ status }) => status === 'failed'),
  )
  expect(failed.failure).toMatchObject({ code: 'unreachable-phone', detail: '(30003)' })
  expect(twilio.violations).toEqual([])
})

test('a first message goes to the phone of the record; files go as addresses that Twilio can fetch', async () => {
  const { contactId } = await owner.client.conversations.start({ to: '+34 600 000 142' })
  const form = new FormData()
  form.set('file', new Blob(['plano']), 'plano.txt')
  const upload = await fetch(`${server.url}/files`, { method: 'POST', headers: owner.headers, body: form })
  const { items } = (await upload.json()) as { items: { id: string }[] }
  await owner.client.conversations.send({
    contactId,
    channelId: line.channel.id,
    body: { type: 'text', text: 'Hola' },
    attachmentIds: items.map(({ id }) => id),
  })
  const sent = await waitFor('the message', () => twilio.sent[0])
  expect(sent.form.get('To')).toBe('+34600000142')
  const media = new URL(sent.form.get('MediaUrl')!)
  expect(media.origin).toBe('https://ficha.example')
  expect(await (await fetch(server.url + media.pathname)).text()).toBe('plano')
  expect(twilio.violations).toEqual([])
})

test('a messaging service sends by itself, and hears what comes to its numbers', async () => {
  const service = await givenSms(server, owner, twilio, { sender: twilioExample.service })
  expect(service.channel.address).toBe(twilioExample.number)
  await twilio.call(service, incomingSms('hola', { MessagingServiceSid: twilioExample.service }))
  const contactId = await firstContact()
  await owner.client.conversations.send({ contactId, body: { type: 'text', text: 'sí' } })
  const { form } = await waitFor('the answer', () => twilio.sent[0])
  expect([form.get('MessagingServiceSid'), form.get('From')]).toEqual([twilioExample.service, null])
  expect(twilio.violations).toEqual([])
})

test.each([
  [21211, 'phone-invalid', 'connected'],
  [21610, 'opted-out', 'connected'],
  [21614, 'no-mobile', 'connected'],
  [21408, 'country-not-enabled', 'connected'],
  [21606, 'sender-invalid', 'broken'],
  [20003, 'credentials-refused', 'broken'],
] as const)(
  'what Twilio refuses with %d is told as %s; the line is %s, and where that is at fault the message waits',
  async (number, code, state) => {
    await hear(incomingSms('hola'))
    const contactId = await firstContact()
    twilio.refuse(number)
    await owner.client.conversations.send({ contactId, body: { type: 'text', text: 'hola' } })
    const refused = await waitFor('the refusal', async () =>
      (await messages(contactId)).find(({ failure }) => failure?.code === code),
    )
    expect(refused.failure?.detail).toContain(`(${number})`)
    expect(refused.status).toBe(state === 'broken' ? 'queued' : 'failed')
    await waitFor(state, async () => (await owner.client.channels.get({ channelId: line.channel.id })).state === state)
  },
)

test('the test of a line says what is wrong with it', async () => {
  const check = async (change: object = {}, channelId: number | null = null) => {
    const { ok, steps } = await owner.client.channels.check({
      channelId,
      settings: { ...twilio.settings, ...change },
    })
    return ok ? 'ok' : steps.at(-1)!.code
  }
  expect(await check()).toBe('ok')
  expect(await check({ authToken: 'wrong' })).toBe('credentials-refused')
  expect(await check({ sender: '+34600000142' })).toBe('sender-unknown')
  expect(await check({ sender: twilioExample.service })).toBe('ok')
  expect(await check({ sender: `MG${'0'.repeat(32)}` })).toBe('sender-unknown')
  twilio.accountStatus = 'suspended'
  expect(await check()).toBe('account-restricted')
  twilio.accountStatus = 'active'
  expect(await check({}, line.channel.id)).toBe('webhook-missing')
  twilio.webhooks.set(twilioExample.number, 'https://elsewhere.example/sms')
  expect(await check({}, line.channel.id)).toBe('webhook-elsewhere')
  twilio.webhooks.set(twilioExample.number, line.toldUrl)
  expect(await check({ authToken: '' }, line.channel.id)).toBe('ok')
  const wrong = check({ sender: '600 000', accountSid: 'AC1' })
  await expect(wrong).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
