import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { openOutgoing } from '../../http/outgoing.ts'
import { startMessengerDouble, type MessengerDouble } from '../../testing/messenger-double.ts'
import { account, page } from '../../testing/messenger-webhooks.ts'
import type { Line, Outgoing } from '../adapter.ts'
import { makeMessenger } from './adapter.ts'
import { makeInstagram } from '../instagram/adapter.ts'
import type { MessengerSettings } from './settings.ts'

let double: MessengerDouble
const outgoing = openOutgoing({ allowInternal: ['127.0.0.1'] })
beforeAll(async () => {
  double = await startMessengerDouble()
  double.heard(page.psid)
  double.heard(account.igsid)
})
afterEach(() => {
  double.sent.length = 0
  double.violations.length = 0
})
afterAll(() => double.close())

const line = (change: Partial<MessengerSettings> = {}): Line<MessengerSettings> => ({
  workspaceId: 1,
  channelId: 1,
  publicId: 'public',
  name: 'Shop',
  address: null,
  settings: { ...double.settings, ...change },
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
  byHand: true,
  lastInAt: null,
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

test('what comes late goes as a person’s, where Meta has allowed that and it is one', async () => {
  const day = 24 * 3_600_000
  const late = { to: { address: '3', name: null }, lastInAt: new Date(Date.now() - 2 * day) }
  double.heard('3', late.lastInAt.getTime())
  const by = (more: Partial<Outgoing>, change: Partial<MessengerSettings> = { humanAgent: true }) =>
    makeMessenger(outgoing, double.url).send(
      line(change),
      message(text('x'), { ...late, ...more }),
      new AbortController().signal,
    )
  expect(await by({})).toMatchObject({ outcome: 'accepted' })
  expect(double.sent[0]!.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })
  expect(await by({ byHand: false })).toMatchObject({ code: 'window-closed' })
  expect(await by({}, {})).toMatchObject({ code: 'window-closed' })
  double.heard('3', Date.now() - 8 * day)
  expect(await by({ lastInAt: new Date(Date.now() - 8 * day) })).toMatchObject({ code: 'window-closed' })
  double.heard('3')
  expect(await by({ lastInAt: new Date() })).toMatchObject({ outcome: 'accepted' })
  expect(double.sent.at(-1)!.body).toMatchObject({ messaging_type: 'RESPONSE' })
})

const sendOnInstagram = (body: OutgoingBody, more: Partial<Outgoing> = {}) =>
  makeInstagram(outgoing, double.url).send(
    { ...line(), settings: double.instagram },
    message(body, { to: { address: account.igsid, name: null }, ...more }),
    new AbortController().signal,
  )

test.each([
  ['image', 'image/jpeg', 'accepted'],
  ['video', 'video/mp4', 'accepted'],
  ['audio', 'audio/wav', 'accepted'],
  ['file', 'application/pdf', 'accepted'],
  ['image', 'image/webp', 'media-rejected'],
  ['audio', 'audio/ogg', 'media-rejected'],
  ['file', 'text/csv', 'media-rejected'],
] as const)('on Instagram a file of the kind %s and the type %s ends %s', async (kind, type, end) => {
  const attempt = await sendOnInstagram(text(''), { files: [file(kind, type)] })
  expect(attempt.outcome === 'accepted' ? 'accepted' : attempt.outcome === 'failed' && attempt.code).toBe(end)
  expect(double.violations).toEqual([])
})

test('on Instagram a text goes without a mark, and with what it answers', async () => {
  await sendOnInstagram(text('Hola'), { replyToExtId: 'aWdfZAG1f' })
  expect(double.sent[0]!.body).toEqual({
    recipient: { id: account.igsid },
    messaging_type: 'RESPONSE',
    message: { text: 'Hola' },
    reply_to: { mid: 'aWdfZAG1f' },
  })
  expect(double.violations).toEqual([])
})
