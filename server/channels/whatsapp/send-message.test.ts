import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutgoingBody } from '#contract/conversations.ts'
import { openOutgoing } from '../../http/outgoing.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../../testing/whatsapp-double.ts'
import { example } from '../../testing/whatsapp-webhooks.ts'
import type { Outgoing } from '../adapter.ts'
import { makeWhatsapp } from './adapter.ts'
import type { WhatsappLine } from './settings.ts'

let double: WhatsappDouble
const outgoing = openOutgoing({ allowInternal: ['127.0.0.1'] })
beforeAll(async () => {
  double = await startWhatsappDouble()
})
afterEach(() => {
  double.sent.length = 0
  double.violations.length = 0
  double.requests.length = 0
})
afterAll(() => double.close())

const line = (): WhatsappLine => ({
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
  to: { address: example.waId, name: null },
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
  makeWhatsapp(outgoing, double.url).send(line(), outgoingMessage, signal)

test('a text goes to the very address it came from and its id comes back', async () => {
  const attempt = await send(message(text('Hola, ¿qué tal?'), { replyToExtId: 'wamid.earlier' }))
  expect(attempt).toEqual({ outcome: 'accepted', extId: double.sent[0]!.id })
  expect(double.sent[0]!.body).toEqual({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: example.waId,
    context: { message_id: 'wamid.earlier' },
    type: 'text',
    text: { preview_url: true, body: 'Hola, ¿qué tal?' },
  })
  expect(double.violations).toEqual([])
})

test('somebody without a phone is written to by WhatsApp’s own id', async () => {
  await send(message(text('Hola'), { to: { address: example.userId, name: null } }))
  expect(double.sent[0]!.body).toMatchObject({ recipient: example.userId })
  expect(double.sent[0]!.body).not.toHaveProperty('to')
  expect(double.violations).toEqual([])
})

test.each([
  ['image/png', 'image', 'image', 'Look', { caption: 'Look' }],
  ['image/webp', 'image', 'document', '', { filename: 'Fac tura ñ.bin' }],
  ['video/mp4', 'video', 'video', '', {}],
  ['audio/ogg', 'audio', 'audio', '', {}],
  ['audio/mpeg', 'audio', 'document', 'Listen', { caption: 'Listen', filename: 'Fac tura ñ.bin' }],
  ['application/pdf', 'file', 'document', 'Invoice', { caption: 'Invoice', filename: 'Fac tura ñ.bin' }],
  ['text/csv', 'file', 'document', '', { filename: 'Fac tura ñ.bin' }],
] as const)('a file of type %s is uploaded and goes as %3$s', async (type, kind, as, caption, shown) => {
  const attempt = await send(message(text(caption), { files: [file(kind, type)] }))
  expect(double.violations).toEqual([])
  expect(attempt.outcome).toBe('accepted')
  const content = (double.sent[0]!.body as Record<string, { id: string }>)[as]!
  expect(content).toEqual({ id: content.id, ...shown })
  expect(double.fileOf(content.id)).toMatchObject({ content: Buffer.from('content'), name: 'Fac tura ñ.bin' })
})

test('a picture that is too large for a picture goes as a document', async () => {
  await send(message(text(''), { files: [file('image', 'image/jpeg', 6_000_000)] }))
  expect(double.sent[0]!.body).toMatchObject({ type: 'document' })
})

test('a file of a type WhatsApp does not take is refused in words', async () => {
  const attempt = await send(message(text(''), { files: [file('file', 'application/zip')] }))
  expect(attempt).toMatchObject({ outcome: 'failed', code: 'media-rejected' })
  expect(double.sent).toEqual([])
})

test('up to three choices are buttons, more are a list', async () => {
  await send(message({ type: 'buttons', text: 'When?', choices: ['Mon', 'Tue', 'Wed'] }))
  await send(message({ type: 'buttons', text: 'When?', choices: ['Mon', 'Tue', 'Wed', 'Thu'] }))
  expect(double.sent.map(({ body }) => (body['interactive'] as { type: string }).type)).toEqual(['button', 'list'])
  expect(double.violations).toEqual([])
})

test('templates carry the variables of header and body, numbered or named', async () => {
  double.templates = [
    {
      name: 'order',
      language: 'es',
      status: 'APPROVED',
      category: 'UTILITY',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}' },
        { type: 'BODY', text: 'Hola {{1}}, llega el {{2}}' },
      ],
    },
    {
      name: 'named',
      language: 'en',
      status: 'APPROVED',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Hi {{first_name}}' }],
    },
  ]
  await send(
    message({
      type: 'template',
      name: 'order',
      language: 'es',
      variables: { '2': 'lunes\ny martes', 'header.1': '77', '1': 'Ana' },
    }),
  )
  await send(message({ type: 'template', name: 'named', language: 'en', variables: { first_name: 'Ana' } }))
  expect(double.violations).toEqual([])
  expect(double.sent[0]!.body['template']).toEqual({
    name: 'order',
    language: { code: 'es' },
    components: [
      { type: 'header', parameters: [{ type: 'text', text: '77' }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ana' },
          { type: 'text', text: 'lunes y martes' },
        ],
      },
    ],
  })
  const wrong = await send(message({ type: 'template', name: 'order', language: 'es', variables: { '1': 'Ana' } }))
  expect(wrong).toMatchObject({ outcome: 'failed', code: 'template-mismatch' })
  const missing = await send(message({ type: 'template', name: 'nothing', language: 'es', variables: {} }))
  expect(missing).toMatchObject({ outcome: 'failed', code: 'template-missing' })
})

test.each([
  [131047, { outcome: 'failed', code: 'window-closed' }],
  [131026, { outcome: 'failed', code: 'undeliverable' }],
  [131030, { outcome: 'failed', code: 'recipient-not-allowed' }],
  [190, { outcome: 'failed', code: 'token-expired', lineBroken: true }],
  [10, { outcome: 'failed', code: 'not-permitted', lineBroken: true }],
  [368, { outcome: 'failed', code: 'account-restricted', lineBroken: true }],
  [133010, { outcome: 'failed', code: 'number-not-registered', lineBroken: true }],
  [130429, { outcome: 'retry', code: 'rate-limited', afterSeconds: 5 }],
  [131056, { outcome: 'retry', code: 'rate-limited', afterSeconds: 6, contactOnly: true }],
  [131000, { outcome: 'retry', code: 'provider-unavailable' }],
  [1, { outcome: 'retry', code: 'provider-unavailable' }],
  [999999, { outcome: 'failed', code: 'rejected' }],
])('the error %i is understood', async (code, expected) => {
  double.refuse(code)
  expect(await send(message(text('Hola')))).toMatchObject(expected)
})

test('WhatsApp’s own words come along', async () => {
  double.refuse(131047)
  expect(await send(message(text('Hola')))).toMatchObject({ detail: expect.stringContaining('more than 24 hours') })
})

test('a gateway’s error without a body, and one that says when to come back, are tried again', async () => {
  double.trouble(
    { answer: { status: 502, body: null } },
    { answer: { status: 429, headers: { 'retry-after': '30' }, body: {} } },
  )
  expect(await send(message(text('x')))).toMatchObject({ outcome: 'retry', code: 'provider-unavailable' })
  expect(await send(message(text('x')))).toMatchObject({ outcome: 'retry', code: 'rate-limited', afterSeconds: 30 })
})

test('what may have been sent is never called failed: cut off, given up on, answered without an id', async () => {
  double.trouble('cut', { answer: { status: 200, body: {} } }, { answer: { status: 504, body: null } }, 'drop')
  expect((await send(message(text('x')))).outcome).toBe('unknown')
  expect(double.sent).toHaveLength(1)
  expect((await send(message(text('x')))).outcome).toBe('unknown')
  expect((await send(message(text('x')))).outcome).toBe('unknown')
  expect((await send(message(text('x')), AbortSignal.timeout(200))).outcome).toBe('unknown')
})

test('what cannot have been sent is tried again', async () => {
  const nowhere = makeWhatsapp(openOutgoing({ allowInternal: ['127.0.0.1'] }), 'http://127.0.0.1:1')
  const attempt = await nowhere.send(line(), message(text('x')), new AbortController().signal)
  expect(attempt).toMatchObject({ outcome: 'retry', code: 'provider-unavailable' })
})

test('a file that came with a message is fetched by its id, with a limit and in words when it is gone', async () => {
  const adapter = makeWhatsapp(outgoing, double.url)
  const { signal } = new AbortController()
  const id = double.addMedia(Buffer.from('a picture'), 'image/png')
  expect((await adapter.fetchFile!(line(), { mediaId: id }, signal)).toString()).toBe('a picture')
  await expect(adapter.fetchFile!(line(), { mediaId: '12345' }, signal)).rejects.toMatchObject({ code: 'gone' })
  const large = double.addMedia(Buffer.alloc(50_000_001), 'video/mp4')
  await expect(adapter.fetchFile!(line(), { mediaId: large }, signal)).rejects.toMatchObject({ code: 'too-large' })
})

test('the templates of all pages are read, without those that cannot be sent from here', async () => {
  const template = (
    name: string,
    components: (typeof double.templates)[number]['components'],
    status = 'APPROVED',
  ) => ({
    name,
    language: 'es',
    status,
    category: 'MARKETING',
    components,
  })
  const body = { type: 'BODY', text: 'Hola {{1}}' }
  double.templates = [
    template('a', [body]),
    template('b', [{ type: 'HEADER', format: 'IMAGE' }, body]),
    template('c', [
      { type: 'HEADER', format: 'TEXT', text: 'N.º {{1}}' },
      body,
      { type: 'FOOTER', text: 'Baja: STOP' },
    ]),
    template('d', [body, { type: 'BUTTONS', buttons: [{ type: 'URL', url: 'https://x.example/{{1}}' }] }]),
    template('e', [body, { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Sí' }] }]),
    template('f', [body], 'PENDING'),
    template('g', [body]),
  ]
  const read = await makeWhatsapp(outgoing, double.url).templates!(line(), new AbortController().signal)
  expect(read.map(({ name }) => name)).toEqual(['a', 'c', 'e', 'g'])
  expect(read[1]).toEqual({
    name: 'c',
    language: 'es',
    category: 'marketing',
    body: 'Hola {{1}}',
    header: 'N.º {{1}}',
    footer: 'Baja: STOP',
    variables: ['header.1', '1'],
  })
})
