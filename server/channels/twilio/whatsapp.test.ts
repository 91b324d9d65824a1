import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { givenTwilioWhatsapp, type GivenChannel } from '../../testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../../testing/given.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { startTwilioDouble, type TwilioContent, type TwilioDouble } from '../../testing/twilio-double.ts'
import { incomingWhatsapp, newSid, smsReceipt, twilioExample } from '../../testing/twilio-webhooks.ts'
import { waitFor } from '../../testing/wait-for.ts'

let server: TestServer
let twilio: TwilioDouble
let owner: GivenMember
let line: GivenChannel & { toldUrl: string }

beforeAll(async () => {
  twilio = await startTwilioDouble()
  server = await startTestServer({ config: { twilioApi: twilio.url, publicUrl: 'https://ficha.example' } })
})
beforeEach(async () => {
  ;({ owner } = await givenWorkspace(server))
  line = await givenTwilioWhatsapp(server, owner, twilio)
})
afterEach(() => {
  twilio.sent.length = 0
  twilio.violations.length = 0
  twilio.contents.length = 0
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
const send = (contactId: number, body: OutgoingBody) =>
  owner.client.conversations.send({ contactId, channelId: line.channel.id, body })

test('what comes by WhatsApp is told by name and kind, also an answer to one of ours', async () => {
  expect(await hear(incomingWhatsapp('Hola'))).toBe(200)
  const contactId = await firstContact()
  expect((await owner.client.contacts.get({ contactId })).displayName).toBe('Sheena Nelson')
  const mine = await send(contactId, { type: 'text', text: '¿Dónde está?' })
  const { sid, form } = await waitFor('the answer', () => twilio.sent[0])
  expect([form.get('To'), form.get('From')]).toEqual([
    `whatsapp:${twilioExample.person}`,
    `whatsapp:${twilioExample.number}`,
  ])
  await waitFor('sent', async () => (await messages(contactId)).some(({ status }) => status === 'sent'))
  const place = { Latitude: '40.4168', Longitude: '-3.7038', Label: 'Sol', Address: 'Puerta del Sol, Madrid' }
  await hear(incomingWhatsapp('', { ...place, MessageType: 'location', OriginalRepliedMessageSid: sid }))
  await hear(incomingWhatsapp('Sí', { ButtonText: 'Sí', ButtonPayload: 'choice-1', MessageType: 'button' }))
  await hear(incomingWhatsapp('', { MessageType: 'order' }))
  const [location, chosen, order] = await waitFor('all three', async () => {
    const later = (await messages(contactId))
      .filter(({ direction }) => direction === 'in')
      .toReversed()
      .slice(1)
    return later.length === 3 ? later : undefined
  })
  expect(location).toMatchObject({
    body: { type: 'location', latitude: 40.4168, longitude: -3.7038, name: 'Sol', address: 'Puerta del Sol, Madrid' },
    replyTo: { messageId: mine.id },
  })
  expect(chosen!.body).toMatchObject({ type: 'buttons', chosen: 'Sí' })
  expect(order!.body).toEqual({ type: 'unsupported', hint: 'order' })
  await hear(smsReceipt(sid, 'read', { ChannelPrefix: 'whatsapp', EventType: 'READ' }))
  await waitFor('read', async () => (await messages(contactId)).some(({ status }) => status === 'read'))
  expect(twilio.violations).toEqual([])
})

test('somebody without a phone is written to by WhatsApp’s own id', async () => {
  await hear(incomingWhatsapp('Hola', { From: 'whatsapp:US.13491208655302741918' }))
  const contactId = await firstContact()
  await send(contactId, { type: 'text', text: 'Hola' })
  const { form } = await waitFor('the answer', () => twilio.sent[0])
  expect(form.get('To')).toBe('whatsapp:US.13491208655302741918')
})

test('a question with buttons is made once, however often it is asked', async () => {
  await hear(incomingWhatsapp('Hola'))
  const contactId = await firstContact()
  const question: OutgoingBody = { type: 'buttons', text: '¿Le va bien?', choices: ['Sí', 'No'] }
  await send(contactId, question)
  await send(contactId, question)
  await send(contactId, { type: 'buttons', text: '¿Cuándo?', choices: ['L', 'M', 'X', 'J'] })
  await waitFor('all three', () => twilio.sent.length === 3)
  const [first, second, third] = twilio.sent.map(({ form }) => form.get('ContentSid'))
  expect(second).toBe(first)
  expect(twilio.contents.map(({ sid }) => sid)).toEqual([first, third])
  expect(twilio.violations).toEqual([])
})

const content = (name: string, types: TwilioContent['types'], status = 'approved'): TwilioContent => ({
  sid: newSid('HX'),
  friendly_name: `friendly ${name}`,
  language: 'es',
  types,
  approval_requests: { name, status, category: 'UTILITY', content_type: Object.keys(types)[0] },
})

test('outside the 24 hours an approved template goes, by its id; others are not offered', async () => {
  const ready = content('pedido_listo', { 'twilio/text': { body: 'Hola, {{1}}: su pedido {{2}} está listo.' } })
  twilio.contents.push(
    content('pendiente', { 'twilio/text': { body: 'x' } }, 'pending'),
    content('con_foto', { 'whatsapp/card': { body: 'x', media: ['https://x.example/1.jpg'] } }),
    content('enlace', { 'whatsapp/card': { body: 'x', actions: [{ type: 'URL', url: 'https://x.example/{{1}}' }] } }),
    content('codigo', { 'whatsapp/authentication': { add_security_recommendation: true } }),
    ready,
  )
  const { items } = await owner.client.channels.templates({ channelId: line.channel.id })
  expect(items).toEqual([
    {
      providerId: ready.sid,
      name: 'pedido_listo',
      language: 'es',
      category: 'utility',
      body: 'Hola, {{1}}: su pedido {{2}} está listo.',
      header: null,
      footer: null,
      variables: ['1', '2'],
    },
  ])
  const { contactId } = await owner.client.conversations.start({ to: twilioExample.person })
  const closed = send(contactId, { type: 'text', text: 'Hola' })
  await expect(closed).rejects.toMatchObject({ data: { reason: 'window-closed' } })
  const variables = { '1': 'Ana', '2': '42\n' }
  const message = await send(contactId, { type: 'template', name: 'pedido_listo', language: 'es', variables })
  expect(message.body).toMatchObject({ text: 'Hola, Ana: su pedido 42\n está listo.' })
  const { form, sid } = await waitFor('the template', () => twilio.sent[0])
  expect(Object.fromEntries(form)).toMatchObject({ ContentSid: ready.sid, ContentVariables: '{"1":"Ana","2":"42"}' })
  await hear(smsReceipt(sid, 'undelivered', { ErrorCode: '63049', ChannelStatusMessage: 'Meta chose not to deliver' }))
  const failed = await waitFor('the failure', async () =>
    (await messages(contactId)).find(({ status }) => status === 'failed'),
  )
  expect(failed.failure).toMatchObject({ code: 'marketing-limited', detail: 'Meta chose not to deliver (63049)' })
  expect(twilio.violations).toEqual([])
})

test('a channel stays with the provider it was connected by; the test of it asks that provider', async () => {
  const channelId = line.channel.id
  expect(line.channel).toMatchObject({ kind: 'whatsapp', settings: { provider: 'twilio', authToken: '' } })
  const other = owner.client.channels.update({ channelId, settings: { provider: 'meta' } })
  await expect(other).rejects.toMatchObject({ data: { fields: [{ path: 'settings.provider', reason: 'fixed' }] } })
  const check = async (change: object = {}) => {
    const { ok, steps } = await owner.client.channels.check({ channelId, settings: { ...twilio.whatsapp, ...change } })
    return ok ? 'ok' : steps.at(-1)!.code
  }
  expect(await check({ sender: '+34600000142' })).toBe('sender-unknown')
  expect(await check()).toBe('webhook-missing')
  twilio.webhooks.set(`whatsapp:${twilioExample.number}`, line.toldUrl)
  expect(await check()).toBe('ok')
  // on which anybody may try it
  expect(await check({ sender: '+14155238886' })).toBe('ok')
})
