import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { openOutgoing } from '../../http/outgoing.ts'
import { startCustomDouble, type CustomDouble } from '../../testing/custom-double.ts'
import type { Outgoing } from '../adapter.ts'
import { makeCustom } from './adapter.ts'
import { openFileLinks, readFileLink } from '../file-link.ts'
import type { CustomLine } from './settings.ts'

const secret = 'the server’s secret'
const token = 'gfd8g7fd89dgfd00.token'
let double: CustomDouble
beforeAll(async () => {
  double = await startCustomDouble()
})
beforeEach(() => {
  double.token = token
})
afterEach(() => {
  double.sent.length = 0
  double.violations.length = 0
})
afterAll(() => double.close())

const adapter = makeCustom(
  openOutgoing({ allowInternal: ['127.0.0.1'] }),
  openFileLinks(secret, 'https://ficha.example'),
)
const line = (apiBaseUrl = `${double.url}/`): CustomLine => ({
  workspaceId: 7,
  channelId: 1,
  publicId: 'gfd8g7fd89dgfd00',
  name: 'Bridge',
  address: null,
  settings: { kind: 'custom', apiBaseUrl, contactIdType: 'phone' },
  secrets: { apiToken: token },
  progress: {},
})
const message = (body: OutgoingBody, more: Partial<Outgoing> = {}): Outgoing => ({
  messageId: 1_700_000_000_000_000,
  to: { address: '+60177872890', name: null },
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
const hello = message({ type: 'text', text: 'hi' })
const send = (outgoing: Outgoing, signal = new AbortController().signal, to = line()) =>
  adapter.send(to, outgoing, signal)

test('a text is handed over with the channel, the contact and the token; the integrator’s id comes back', async () => {
  expect(await send(hello)).toEqual({ outcome: 'accepted', extId: double.sent[0]!.mId })
  expect(double.sent[0]).toMatchObject({
    key: '1700000000000000',
    body: { channelId: 'gfd8g7fd89dgfd00', contactId: '+60177872890', message: { type: 'text', text: 'hi' } },
  })
})

test('choices are a quick reply', async () => {
  await send(message({ type: 'buttons', text: 'When?', choices: ['Mon', 'Tue'] }))
  expect(double.sent[0]!.body.message).toEqual({ type: 'quick_reply', title: 'When?', replies: ['Mon', 'Tue'] })
})

test('a file is handed over as a link to it that holds for a day and for nothing else', async () => {
  const fileId = '123e4567-e89b-42d3-a456-426614174000'
  const files = [{ id: fileId, kind: 'image' as const, name: 'cat.png', type: 'image/png', size: 7 }]
  await send(message({ type: 'text', text: 'Look' }, { files }))
  const handed = double.sent[0]!.body.message
  if (handed.type !== 'attachment') throw new Error('no attachment')
  const { url, ...rest } = handed.attachment
  expect(rest).toEqual({ type: 'image', mimeType: 'image/png', fileName: 'cat.png', description: 'Look' })
  const link = url.replace('https://ficha.example/custom/channel/files/', '')
  const now = Date.now()
  expect(readFileLink(secret, link, now)).toEqual({ workspaceId: 7, fileId })
  expect(readFileLink(secret, link, now + 25 * 3_600_000)).toBeNull()
  expect(readFileLink('another secret', link, now)).toBeNull()
  expect(readFileLink(secret, link.replace(/^7/, '8'), now)).toBeNull()
  expect(readFileLink(secret, link.replace('4000', '4001'), now)).toBeNull()
  expect(readFileLink(secret, '', now)).toBeNull()
})

test.each([
  [
    { status: 400, body: { error: { message: 'Unknown number' } } },
    { outcome: 'failed', code: 'rejected', detail: 'Unknown number (400)' },
  ],
  [
    { status: 403, body: 'nothing useful' },
    { outcome: 'failed', code: 'rejected' },
  ],
  [
    { status: 401, body: {} },
    { outcome: 'failed', code: 'token-refused', lineBroken: true },
  ],
  [
    { status: 302, headers: { location: 'http://169.254.169.254/' }, body: {} },
    { outcome: 'failed', code: 'address-moved', lineBroken: true },
  ],
  [
    { status: 429, headers: { 'retry-after': '7' }, body: {} },
    { outcome: 'retry', code: 'rate-limited', afterSeconds: 7 },
  ],
  [
    { status: 500, body: {} },
    { outcome: 'retry', code: 'provider-unavailable' },
  ],
  [
    { status: 503, body: null },
    { outcome: 'retry', code: 'provider-unavailable' },
  ],
  [{ status: 504, body: null }, { outcome: 'unknown' }],
  [{ status: 200, body: {} }, { outcome: 'unknown' }],
  [
    { status: 200, body: { mId: 42 } },
    { outcome: 'accepted', extId: '42' },
  ],
])('the answer %j', async (answer, expected) => {
  double.trouble({ answer })
  expect(await send(hello)).toMatchObject(expected)
})

test('what may have been acted on is unknown, what never left is tried again', async () => {
  double.trouble('cut', 'drop')
  expect((await send(hello)).outcome).toBe('unknown')
  expect((await send(hello, AbortSignal.timeout(150))).outcome).toBe('unknown')
  expect(await send(hello, undefined, line('http://127.0.0.1:1'))).toMatchObject({ outcome: 'retry' })
})

test('an integrator inside the network is not called unless the operator allows it', async () => {
  const strict = makeCustom(openOutgoing({ allowInternal: [] }), openFileLinks(secret, 'https://ficha.example'))
  const attempt = await strict.send(line(), hello, new AbortController().signal)
  expect(attempt).toMatchObject({ outcome: 'failed', code: 'address-refused', lineBroken: true })
  expect(await strict.check(line().settings, new AbortController().signal)).toMatchObject({
    ok: false,
    steps: [{ step: 'reach', code: 'address-refused' }],
  })
})

test('checking says whether anything answers at the address', async () => {
  expect(await adapter.check(line().settings, new AbortController().signal)).toMatchObject({ ok: true })
  expect(await adapter.check(line('http://127.0.0.1:1').settings, new AbortController().signal)).toMatchObject({
    ok: false,
    steps: [{ step: 'reach', code: 'unreachable' }],
  })
})

test('files are fetched through the same guard', async () => {
  const { signal } = new AbortController()
  double.files.set('/cat.png', { content: Buffer.from('meow'), type: 'image/png' })
  const fetchFile = (url: string) => adapter.fetchFile!(line(), { url }, signal)
  expect((await fetchFile(`${double.url}/cat.png`)).toString()).toBe('meow')
  await expect(fetchFile(`${double.url}/nothing.png`)).rejects.toMatchObject({ code: 'gone' })
  await expect(fetchFile('http://169.254.169.254/latest/meta-data/')).rejects.toMatchObject({ code: 'address-refused' })
  await expect(fetchFile('file:///etc/passwd')).rejects.toMatchObject({ code: 'address-refused' })
})

test('addresses with credentials or a query are refused by field', () => {
  const refuse = (apiBaseUrl: string) =>
    adapter.refusesSettings!({ kind: 'custom', apiBaseUrl, contactIdType: 'phone' })
  expect(refuse('https://user:pw@x.example')).toMatchObject([{ path: 'apiBaseUrl', reason: 'credentials' }])
  expect(refuse('https://x.example/a?b=1')).toMatchObject([
    { path: 'apiBaseUrl', reason: 'query', fix: 'https://x.example/a' },
  ])
  expect(refuse('https://x.example/a/')).toEqual([])
})

test('only channels addressed by phone can be written to first', () => {
  expect(adapter.addressFor!(line(), { phone: '+34600000142', email: null })).toEqual({
    address: '+34600000142',
    addressKey: 'p:+34600000142',
  })
  const custom = { ...line(), settings: { ...line().settings, contactIdType: 'custom' as const } }
  expect(adapter.addressFor!(custom, { phone: '+34600000142', email: null })).toBeNull()
  expect(adapter.forSettings!(custom.settings).addressedBy).toBe('other')
})
