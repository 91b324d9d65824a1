import { validateRequest, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incomingSms, incomingWhatsapp, smsReceipt } from '../../testing/twilio-webhooks.ts'
import { parseWebhook } from './parse-webhook.ts'
import { isSigned } from './signature.ts'

const parse = (params: Record<string, string>, kind: 'sms' | 'whatsapp' = 'sms') =>
  parseWebhook(kind, Buffer.from(new URLSearchParams(params).toString()))

test('what we take for signed is what Twilio’s own library takes for signed', () => {
  const url = fc.constantFrom(
    'https://ficha.example/webhooks/sms/x',
    'https://ficha.example:443/webhooks/sms/x',
    'https://ficha.example:8443/webhooks/sms/x?message=1',
    'http://ficha.example/webhooks/sms/x?a=b&c=d',
    'http://[::1]:3000/webhooks/sms/x',
  )
  const entries = fc.array(fc.tuple(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/), fc.string({ unit: 'grapheme' })))
  fc.assert(
    fc.property(url, url, entries, fc.string(), fc.string(), (signed, called, pairs, secret, guess) => {
      const form = new URLSearchParams(pairs)
      const params = Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]))
      for (const key of [secret, guess]) {
        const right = getExpectedTwilioSignature(key, signed, params)
        for (const given of [right, `${right}x`, `${right} `, right.slice(0, -1), right.toLowerCase(), ''])
          expect(isSigned(secret, given, called, form)).toBe(validateRequest(secret, given, called, params))
      }
    }),
  )
})

test.each([
  ['stop', {}, 'stop'],
  [' Unsubscribe ', {}, 'stop'],
  ['START', {}, 'start'],
  ['please stop', {}, undefined],
  ['Stop?', {}, undefined],
  ['BAJA', { OptOutType: 'STOP' }, 'stop'],
  ['ALTA', { OptOutType: 'START' }, 'start'],
  ['stop', { OptOutType: 'HELP' }, undefined],
  ['REVOKE', {}, 'stop'],
  ['yes', {}, 'start'],
  ['Help', {}, undefined],
  // Twilio knows no Spanish words unless the service was given them
  ['ALTO', {}, undefined],
])('“%s” (%o) asks for %s', (body, more, optOut) => {
  const [message] = parse(incomingSms(body, more))
  expect(message).toMatchObject({ type: 'message', body: { text: body } })
  expect((message as { optOut?: string }).optOut).toBe(optOut)
})

test.each([
  ['Stop', {}, 'stop'],
  ['start', {}, 'start'],
  ['yes', {}, undefined],
  ['cancel', {}, undefined],
  ['baja', { OptOutType: 'STOP' }, 'stop'],
])('on WhatsApp, “%s” (%o) asks for %s', (body, more, optOut) => {
  const [message] = parse(incomingWhatsapp(body, more), 'whatsapp')
  expect((message as { optOut?: string }).optOut).toBe(optOut)
})

test('short codes and names write too; nobody is called by them', () => {
  const [message] = parse(incomingSms('Su código: 1234', { From: '22395', FromCountry: 'ES' }))
  expect(message).toMatchObject({ sender: { address: '22395', addressKey: 'sms:22395', phone: null, country: 'ES' } })
})

test('what cannot be understood is set aside with its raw form', () => {
  expect(parse({})).toMatchObject([{ type: 'unreadable' }])
  expect(parse(incomingSms('x', { From: '' }))).toMatchObject([{ type: 'unreadable' }])
  expect(parse(incomingSms('x', { From: 'whatsapp:+34600000142' }))).toMatchObject([{ type: 'unreadable' }])
  const sid = `SM${'0'.repeat(32)}`
  expect(parse(smsReceipt(sid, 'teleported'))).toMatchObject([
    { type: 'unreadable', raw: { MessageStatus: 'teleported' } },
  ])
  expect(parse(smsReceipt(sid, 'queued'))).toEqual([])
  expect(parse(smsReceipt(sid, 'failed', { ErrorCode: '99999' }))).toMatchObject([
    { status: 'failed', failure: { code: 'rejected', detail: '(99999)' } },
  ])
})
