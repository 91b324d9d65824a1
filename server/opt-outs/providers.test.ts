import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { givenSms, givenTwilioWhatsapp, givenWhatsapp } from '../testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { startTwilioDouble, type TwilioDouble } from '../testing/twilio-double.ts'
import { incomingSms, incomingWhatsapp, newSid, smsReceipt } from '../testing/twilio-webhooks.ts'
import { waitFor } from '../testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { example, message, status, webhook } from '../testing/whatsapp-webhooks.ts'

let server: TestServer
let twilio: TwilioDouble
let whatsapp: WhatsappDouble
let owner: GivenMember

beforeAll(async () => {
  twilio = await startTwilioDouble()
  whatsapp = await startWhatsappDouble()
  server = await startTestServer({
    config: { twilioApi: twilio.url, whatsappApi: whatsapp.url, publicUrl: 'https://ficha.example' },
  })
})
beforeEach(async () => {
  ;({ owner } = await givenWorkspace(server))
})
afterEach(() => {
  twilio.sent.length = 0
  whatsapp.sent.length = 0
})
afterAll(async () => {
  await server.close()
  await twilio.close()
  await whatsapp.close()
})

const firstContact = () =>
  waitFor('a contact', async () => (await owner.client.conversations.list({ view: 'all' })).items[0]?.contactId)
const send = (contactId: number, body: OutgoingBody = { type: 'text', text: 'oferta' }) =>
  owner.client.conversations.send({ contactId, body })
const out = async (contactId: number) => (await owner.client.contacts.get({ contactId })).optOuts
const waitForOut = (contactId: number, scope: 'all' | 'marketing' | null) =>
  waitFor(`opted out of ${scope}`, async () => {
    const [optOut] = await out(contactId)
    return (optOut?.scope ?? null) === scope ? [optOut] : undefined
  }).then(([optOut]) => optOut)
const failureOf = (contactId: number, id: number) =>
  waitFor(
    'the failure',
    async () =>
      (await owner.client.conversations.thread({ contactId })).items.flatMap((item) =>
        item.type === 'message' && item.message.id === id && item.message.failure !== null
          ? [item.message.failure]
          : [],
      )[0],
  )
const refused = (reason: string) => ({ code: 'CONFLICT', data: { reason } })

test('a text STOP ends what is sent by that number until a text START; a question for help changes nothing', async () => {
  const line = await givenSms(server, owner, twilio)
  const hear = async (text: string, more: Record<string, string> = {}) =>
    expect((await twilio.call(line, incomingSms(text, { MessageSid: newSid('SM'), ...more }))).status).toBe(200)
  await hear('Hola')
  const contactId = await firstContact()
  await hear(' Stop ')
  expect(await waitForOut(contactId, 'all')).toMatchObject({ channelId: line.channel.id, source: 'contact' })
  await expect(send(contactId)).rejects.toMatchObject(refused('opted-out'))
  await hear('HELP')
  await hear('HELP', { OptOutType: 'HELP' })
  await hear('start')
  await waitForOut(contactId, null)
  await send(contactId)
  // a service with words of its own says what it understood
  await hear('baja', { OptOutType: 'STOP' })
  await waitForOut(contactId, 'all')
  await hear('alta', { OptOutType: 'START' })
  await waitForOut(contactId, null)
  expect(
    (await owner.client.conversations.thread({ contactId })).items.filter((item) => item.type === 'event'),
  ).toEqual(expect.arrayContaining([expect.objectContaining({ event: expect.objectContaining({ kind: 'optedOut' }) })]))
})

test('Twilio’s word that somebody unsubscribed is noted, whether it comes at once or with the receipt', async () => {
  const line = await givenSms(server, owner, twilio)
  await twilio.call(line, incomingSms('Hola'))
  const contactId = await firstContact()
  twilio.refuse(21610)
  const { id } = await send(contactId)
  expect(await failureOf(contactId, id)).toMatchObject({ code: 'opted-out' })
  expect(await waitForOut(contactId, 'all')).toMatchObject({ channelId: line.channel.id, source: 'channel' })
  await expect(send(contactId)).rejects.toMatchObject(refused('opted-out'))

  await owner.client.optOuts.lift({ contactId, channelId: line.channel.id, reason: 'Lo pidió por teléfono' })
  await send(contactId)
  const { sid } = await waitFor('the message', () => twilio.sent[0])
  await twilio.call(line, smsReceipt(sid, 'failed', { ErrorCode: '21610' }))
  await waitForOut(contactId, 'all')
})

test('on WhatsApp by Twilio a STOP is heard, an answer that only sounds like one is not', async () => {
  const line = await givenTwilioWhatsapp(server, owner, twilio)
  const hear = (text: string) => twilio.call(line, incomingWhatsapp(text, { MessageSid: newSid('SM') }))
  await hear('Hola')
  const contactId = await firstContact()
  for (const text of ['cancel', 'end', 'STOP']) await hear(text)
  await waitForOut(contactId, 'all')
  const { items } = await owner.client.activity.ofContact({ contactId, group: 'channels' })
  expect(items.filter(({ kind }) => kind === 'optedOut')).toHaveLength(1)
  for (const text of ['yes', 'START']) await hear(text)
  await waitForOut(contactId, null)
})

const template = (name: string, category: string) => ({
  name,
  language: 'es',
  status: 'APPROVED',
  category,
  components: [{ type: 'BODY', text: 'Hola' }],
})
const bodyOf = (name: string): OutgoingBody => ({ type: 'template', name, language: 'es', variables: {} })

test('who stops advertising in WhatsApp is sent no template that advertises, and is answered all the same', async () => {
  whatsapp.templates = [template('oferta', 'MARKETING'), template('pedido', 'UTILITY')]
  const { channel, webhookUrl } = await givenWhatsapp(server, owner, whatsapp)
  const { id: channelId } = channel
  await owner.client.channels.templates({ channelId })
  const now = String(Math.floor(Date.now() / 1000))
  await whatsapp.call(webhookUrl, webhook({ messages: [message('text', { body: 'Hola' }, { timestamp: now })] }))
  const contactId = await firstContact()
  const prefers = async (value: string, category = 'marketing_messages') => {
    const preference = { wa_id: example.waId, detail: 'x', category, value, timestamp: Number(now) }
    const call = webhook({ user_preferences: [preference] }, { field: 'user_preferences' })
    expect((await whatsapp.call(webhookUrl, call)).status).toBe(200)
  }
  await prefers('stop', 'another_kind')
  await prefers('stop')
  await prefers('stop')
  expect(await waitForOut(contactId, 'marketing')).toMatchObject({ channelId, source: 'channel' })
  await expect(send(contactId, bodyOf('oferta'))).rejects.toMatchObject(refused('marketing-stopped'))
  await send(contactId, bodyOf('pedido'))
  await send(contactId)
  await waitFor('both', () => whatsapp.sent.length === 2)

  await prefers('resume')
  await waitForOut(contactId, null)
  // known only when it was sent
  await send(contactId, bodyOf('oferta'))
  const { id } = await waitFor('the offer', () => whatsapp.sent[2])
  const errors = [{ code: 131050, title: 'User has stopped marketing messages' }]
  await whatsapp.call(webhookUrl, webhook({ statuses: [status(id, 'failed', { errors })] }))
  await waitForOut(contactId, 'marketing')

  // who wants nothing at all wants no advertising either; to allow that again is no more than that
  await owner.client.optOuts.set({ contactId, channelId })
  await expect(send(contactId)).rejects.toMatchObject(refused('opted-out'))
  await prefers('resume')
  await prefers('stop')
  await waitFor('both to be taken in', async () => {
    const events = await server.deps.db
      .selectFrom('inbound_event')
      .select('state')
      .where('channel_id', '=', channelId)
      .execute()
    return events.every(({ state }) => state === 1)
  })
  expect(await waitForOut(contactId, 'all')).toMatchObject({ source: 'person' })
  await owner.client.optOuts.lift({ contactId, channelId, reason: 'Nos escribió' })
  expect(await out(contactId)).toEqual([])
  const { items } = await owner.client.activity.ofContact({ contactId, group: 'channels' })
  const told = items.flatMap(({ kind, data }) =>
    kind === 'optedOut' || kind === 'optedIn' ? [[kind, data.marketing ?? false]] : [],
  )
  expect(told).toEqual([
    ['optedIn', false],
    ['optedOut', false],
    ['optedOut', true],
    ['optedIn', true],
    ['optedOut', true],
  ])
})
