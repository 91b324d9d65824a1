import { expect, test } from 'vitest'
import { example, signature, webhook } from '../../testing/whatsapp-webhooks.ts'
import type { WebhookCall } from '../adapter.ts'
import { phoneNumbersOf } from '../whatsapp/parse-webhook.ts'
import type { WhatsappLine } from '../whatsapp/settings.ts'
import { verifyWebhook as verify } from './verify-webhook.ts'

const verifyWebhook = (line: WhatsappLine, call: WebhookCall) => verify(line, call, phoneNumbersOf)

const secret = 'app secret'
const line = (appSecret = secret, verifyToken = 'right'): WhatsappLine => ({
  workspaceId: 1,
  channelId: 1,
  publicId: 'p',
  name: 'n',
  address: null,
  settings: { kind: 'whatsapp', phoneNumberId: '1', businessAccountId: '2', accessToken: 't', appSecret },
  secrets: { verifyToken },
  progress: {},
})
const post = (body: Buffer | string, header: string | undefined): WebhookCall => ({
  method: 'POST',
  query: {},
  url: 'https://ficha.example/webhooks/whatsapp/p',
  headers: header === undefined ? {} : { 'x-hub-signature-256': header },
  rawBody: Buffer.from(body),
})
const get = (query: Record<string, string>): WebhookCall => ({
  method: 'GET',
  query,
  url: 'https://ficha.example/webhooks/whatsapp/p',
  headers: {},
  rawBody: Buffer.alloc(0),
})

// escapes, @, emoji, order of keys, spaces and a final newline: all of it is signed as it stands
const odd = '{ "z":1,"text": "Fern\\u00e1ndez @ café 👍 \\/",\n"a": [ ] }\n'

test('the signature is over the very bytes, and one flipped bit is refused', () => {
  expect(verifyWebhook(line(), post(odd, signature(secret, odd))).accept).toBe(true)
  const bytes = Buffer.from(odd)
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1
    expect(verifyWebhook(line(), post(flipped, signature(secret, odd)))).toMatchObject({ accept: false, status: 401 })
  }
  const again = JSON.stringify(JSON.parse(odd))
  expect(verifyWebhook(line(), post(again, signature(secret, odd))).accept).toBe(false)
})

test.each([
  ['no signature', undefined],
  ['an empty one', ''],
  ['only its prefix', 'sha256='],
  ['another secret’s', signature('other', odd)],
  ['without its prefix', signature(secret, odd).slice(7)],
  ['the older algorithm’s', `sha1=${signature(secret, odd).slice(7, 47)}`],
  ['one that is too short', signature(secret, odd).slice(0, -2)],
  ['one that is too long', `${signature(secret, odd)}00`],
  ['two', `${signature(secret, odd)},${signature(secret, odd)}`],
])('%s is refused', (_name, header) => {
  expect(verifyWebhook(line(), post(odd, header))).toMatchObject({ accept: false, status: 401 })
})

test('a secret that is not set proves nothing', () => {
  expect(verifyWebhook(line(''), post(odd, signature('', odd))).accept).toBe(false)
  expect(
    verifyWebhook(line(secret, ''), get({ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' }))
      .accept,
  ).toBe(false)
  const { secrets: _none, ...bare } = line()
  expect(
    verifyWebhook(bare, get({ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'undefined' })).accept,
  ).toBe(false)
})

test('the handshake echoes its challenge only for the exact token', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': '<b>1158201444</b>', 'hub.verify_token': 'right' }
  expect(verifyWebhook(line(), get(query))).toEqual({ accept: false, status: 200, text: '<b>1158201444</b>' })
  for (const token of ['', 'wrong', 'right ', 'RIGHT', 'righ', 'rightt'])
    expect(verifyWebhook(line(), get({ ...query, 'hub.verify_token': token }))).toMatchObject({ status: 403 })
  expect(verifyWebhook(line(), get({ ...query, 'hub.mode': 'unsubscribe' }))).toMatchObject({ status: 400 })
  expect(verifyWebhook(line(), get({ 'hub.mode': 'subscribe', 'hub.verify_token': 'right' }))).toMatchObject({
    status: 400,
  })
})

test('the numbers a call speaks of are told', () => {
  const body = JSON.stringify(webhook({ statuses: [] }))
  expect(verifyWebhook(line(), post(body, signature(secret, body)))).toEqual({
    accept: true,
    lineKeys: [example.phoneNumberId],
  })
})
