import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { openOutgoing } from '../../http/outgoing.ts'
import { startMessengerDouble, type MessengerDouble } from '../../testing/messenger-double.ts'
import { page } from '../../testing/messenger-webhooks.ts'
import type { Outgoing } from '../adapter.ts'
import { makeMessenger } from './adapter.ts'
import type { MessengerLine } from './settings.ts'

let double: MessengerDouble
const outgoing = openOutgoing({ allowInternal: ['127.0.0.1'] })
beforeAll(async () => {
  double = await startMessengerDouble()
  double.heard(page.psid)
})
afterEach(() => {
  double.sent.length = 0
  double.violations.length = 0
})
afterAll(() => double.close())

const line = (): MessengerLine => ({
  workspaceId: 1,
  channelId: 1,
  publicId: 'public',
  name: 'Shop',
  address: null,
  settings: double.settings,
  progress: {},
})
const text = (words: string): OutgoingBody => ({ type: 'text', text: words })
const message = (body: OutgoingBody, more: Partial<Outgoing> = {}): Outgoing => ({
  messageId: 1,
  to: { address: page.psid, name: null },
  body,
  files: [],
  thread: [],
  replyToExtId: null,
  senderName: null,
  attempt: 1,
  openFile: async () => Buffer.from('content'),
  ...more,
})
const file = (kind: Outgoing['files'][number]['kind'], type: string, size = 7) => ({
  id: 'f',
  kind,
  name: 'Fac tura ñ.bin',
  type,
  size,
})
const send = (outgoingMessage: Outgoing, signal = new AbortController().signal) =>
  makeMessenger(outgoing, double.url).send(line(), outgoingMessage, signal)

test('a text goes to the person, answers what it answers, and its id comes back', async () => {
  const attempt = await send(message(text('Hola, ¿qué tal?'), { messageId: 7, replyToExtId: 'm_earlier' }))
  expect(attempt).toEqual({ outcome: 'accepted', extId: double.sent[0]!.id })
  expect(double.sent[0]!.body).toEqual({
    recipient: { id: page.psid },
    messaging_type: 'RESPONSE',
    message: { text: 'Hola, ¿qué tal?', metadata: 'ficha:public:7' },
    reply_to: { mid: 'm_earlier' },
  })
  expect(double.violations).toEqual([])
})

test.each([
  ['image', 'image/png'],
  ['video', 'video/mp4'],
  ['audio', 'audio/mpeg'],
  ['file', 'application/pdf'],
] as const)('a file of the kind %s is uploaded and goes by its id', async (kind, type) => {
  const attempt = await send(message(text(''), { files: [file(kind, type)] }))
  expect(double.violations).toEqual([])
  expect(attempt.outcome).toBe('accepted')
  const { attachment } = double.sent[0]!.body['message'] as {
    attachment: { type: string; payload: { attachment_id: string } }
  }
  expect(attachment.type).toBe(kind)
  expect(double.fileOf(attachment.payload.attachment_id)).toMatchObject({
    content: Buffer.from('content'),
    name: 'Fac tura ñ.bin',
    mime: type,
  })
})

test('a file that Meta does not take is refused in words', async () => {
  const attempt = await send(message(text(''), { files: [file('image', 'application/zip')] }))
  expect(attempt).toMatchObject({ outcome: 'failed', code: 'media-rejected' })
  const large = { files: [file('file', 'application/pdf')], openFile: async () => Buffer.alloc(26 * 1024 * 1024) }
  expect(await send(message(text(''), large))).toMatchObject({ outcome: 'failed', code: 'too-large' })
  expect(double.sent).toEqual([])
})

test('choices are quick replies', async () => {
  const choices = Array.from({ length: 10 }, (_, at) => `choice ${at}`)
  await send(message({ type: 'buttons', text: 'When?', choices }))
  const { quick_replies } = double.sent[0]!.body['message'] as { quick_replies: { title: string }[] }
  expect(quick_replies.map(({ title }) => title)).toEqual(choices)
  expect(double.violations).toEqual([])
})

test.each([
  ['10/2018278', { outcome: 'failed', code: 'window-closed' }],
  ['10/2018108', { outcome: 'failed', code: 'undeliverable' }],
  ['551/1545041', { outcome: 'failed', code: 'undeliverable' }],
  ['100/2018001', { outcome: 'failed', code: 'undeliverable' }],
  ['200/2018028', { outcome: 'failed', code: 'recipient-not-allowed' }],
  ['190/463', { outcome: 'failed', code: 'token-expired', lineBroken: true }],
  ['190/460', { outcome: 'failed', code: 'token-expired', lineBroken: true }],
  ['10', { outcome: 'failed', code: 'not-permitted', lineBroken: true }],
  ['10/1893063', { outcome: 'failed', code: 'account-restricted', lineBroken: true }],
  ['368', { outcome: 'failed', code: 'account-restricted', lineBroken: true }],
  ['4', { outcome: 'retry', code: 'rate-limited', afterSeconds: 5 }],
  ['613', { outcome: 'retry', code: 'rate-limited', afterSeconds: 30 }],
  ['1200', { outcome: 'retry', code: 'provider-unavailable' }],
  ['2', { outcome: 'retry', code: 'provider-unavailable' }],
  ['999999', { outcome: 'failed', code: 'rejected' }],
])('the error %s is understood', async (code, expected) => {
  double.refuse(code)
  expect(await send(message(text('Hola')))).toMatchObject(expected)
})

test('somebody who never wrote, and one who wrote too long ago, are refused as Meta refuses them', async () => {
  expect(await send(message(text('x'), { to: { address: '1', name: null } }))).toMatchObject({ code: 'undeliverable' })
  double.heard('2', Date.now() - 25 * 3_600_000)
  expect(await send(message(text('x'), { to: { address: '2', name: null } }))).toMatchObject({ code: 'window-closed' })
})

test('Meta says when to come back: in seconds, or in minutes by the use of the account', async () => {
  const usage = JSON.stringify({ [page.id]: [{ type: 'messenger', estimated_time_to_regain_access: 3 }] })
  double.trouble(
    { answer: { status: 429, headers: { 'retry-after': '30' }, body: {} } },
    { answer: { status: 400, headers: { 'x-business-use-case-usage': usage }, body: { error: { code: 80006 } } } },
  )
  expect(await send(message(text('x')))).toMatchObject({ outcome: 'retry', code: 'rate-limited', afterSeconds: 30 })
  expect(await send(message(text('x')))).toMatchObject({ outcome: 'retry', code: 'rate-limited', afterSeconds: 180 })
})

test('what may have been sent is never called failed', async () => {
  double.trouble('cut', { answer: { status: 200, body: {} } }, { answer: { status: 504, body: null } }, 'drop')
  for (let at = 0; at < 3; at++) expect((await send(message(text('x')))).outcome).toBe('unknown')
  expect((await send(message(text('x')), AbortSignal.timeout(200))).outcome).toBe('unknown')
})

test('a file that came with a message is fetched without showing the token, and in words when it is gone', async () => {
  const adapter = makeMessenger(outgoing, double.url)
  const { signal } = new AbortController()
  const url = double.addFile(Buffer.from('a picture'), 'a.png')
  expect((await adapter.fetchFile!(line(), { url }, signal)).toString()).toBe('a picture')
  await expect(adapter.fetchFile!(line(), { url: `${double.url}/cdn/1/x` }, signal)).rejects.toMatchObject({
    code: 'gone',
  })
  const large = double.addFile(Buffer.alloc(30_000_001), 'b.mp4')
  await expect(adapter.fetchFile!(line(), { url: large }, signal)).rejects.toMatchObject({ code: 'too-large' })
  expect(double.violations).toEqual([])
})
