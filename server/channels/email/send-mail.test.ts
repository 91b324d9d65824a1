import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSmtpDouble, type SmtpDouble, type SmtpTrouble } from '../../testing/mail-smtp.ts'
import type { Outgoing } from '../adapter.ts'
import { makeEmail } from './adapter.ts'
import type { EmailLine, EmailSettings } from './settings.ts'
import { mailSettings } from './testing.ts'

let double: SmtpDouble
const adapter = makeEmail({ secret: 'a secret for tests, long enough to be one', allowInternal: ['127.0.0.1'] })
const patient = new AbortController().signal

beforeAll(async () => {
  double = await startSmtpDouble()
})
beforeEach(() => {
  double.mails.length = 0
  double.handedOver.length = 0
  double.unknown.clear()
})
afterAll(() => double.close())

const line = (change: Partial<EmailSettings> = {}): EmailLine => ({
  workspaceId: 1,
  channelId: 2,
  publicId: 'x',
  name: 'Ventas',
  address: 'ventas@tienda.example',
  settings: mailSettings(double, change),
  progress: {},
})

const message = (change: Partial<Outgoing> = {}): Outgoing => ({
  messageId: 77,
  to: { address: 'ana@example.com', name: 'Ana Pérez' },
  body: { type: 'text', text: 'Sí, claro' },
  files: [],
  thread: [],
  replyToExtId: null,
  senderName: 'Mario',
  byHand: true,
  lastInAt: null,
  attempt: 1,
  openFile: () => Promise.reject(new Error('there is no file')),
  ...change,
})

const send = (change: Partial<Outgoing> = {}, settings: Partial<EmailSettings> = {}, signal = patient) =>
  adapter.send(line(settings), message(change), signal)

test.each<[string, SmtpTrouble, object]>([
  ['the server is busy before it says hello', { at: 'greeting', with: '421 4.3.2 come back' }, { outcome: 'retry' }],
  ['it hangs up at once', { at: 'greeting', with: 'cut' }, { outcome: 'retry', code: 'provider-unavailable' }],
  ['it cannot check the password now', { at: 'auth', with: '454 4.7.0 later' }, { outcome: 'retry' }],
  [
    'the password is wrong',
    { at: 'auth', with: '535 5.7.8 wrong' },
    { outcome: 'failed', code: 'sign-in-refused', lineBroken: true, detail: expect.stringContaining('535') },
  ],
  ['it does not take the sender', { at: 'mail', with: '553 5.7.1 not you' }, { outcome: 'failed', code: 'rejected' }],
  ['it wants a sign-in', { at: 'mail', with: '530 5.7.0 sign in' }, { outcome: 'failed', code: 'sign-in-refused' }],
  [
    'nobody has that address',
    { at: 'rcpt', with: '550 5.1.1 no such user' },
    { outcome: 'failed', code: 'mailbox-unknown', detail: expect.stringContaining('no such user') },
  ],
  ['the mailbox is full', { at: 'rcpt', with: '552 5.2.2 full' }, { outcome: 'failed', code: 'mailbox-full' }],
  ['it knows nobody new yet', { at: 'rcpt', with: '450 4.7.1 greylisted' }, { outcome: 'retry' }],
  ['it closes at the recipient', { at: 'rcpt', with: '421 4.4.2 bye' }, { outcome: 'retry' }],
  ['it hangs up before the mail', { at: 'data', with: 'cut' }, { outcome: 'retry' }],
  ['it has no room', { at: 'data', with: '452 4.3.1 full disk' }, { outcome: 'retry' }],
  ['it takes it for spam', { at: 'end', with: '554 5.7.1 spam' }, { outcome: 'failed', code: 'rejected' }],
  ['it could not keep it', { at: 'end', with: '451 4.3.0 trouble' }, { outcome: 'retry' }],
  ['it closes instead of keeping it', { at: 'end', with: '421 4.3.2 shutting down' }, { outcome: 'retry' }],
  ['it hangs up without an answer', { at: 'end', with: 'cut' }, { outcome: 'unknown' }],
])('when %s', async (_when, trouble, expected) => {
  double.trouble(trouble)
  expect(await send()).toMatchObject(expected)
  expect(double.mails).toEqual([])
})

test('whoever falls silent is given up on: before the mail to try again, after it for a person to decide', async () => {
  const soon = () => AbortSignal.timeout(300)
  for (const at of ['greeting', 'auth', 'rcpt', 'data'] as const) {
    double.trouble({ at, with: 'silence' })
    expect(await send({}, {}, soon())).toMatchObject({ outcome: 'retry', code: 'provider-unavailable' })
  }
  double.trouble({ at: 'end', with: 'silence' })
  expect(await send({}, {}, soon())).toMatchObject({ outcome: 'unknown' })
  expect(double.handedOver).toHaveLength(1)
})

test('a mail that breaks off half way has not been sent', async () => {
  const openFile = () => Promise.resolve(Buffer.alloc(20_000_000, 'x'))
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('220 double\r\n')
    let inMail = false
    socket.on('data', (chunk) => {
      if (inMail) return void socket.destroy()
      const command = chunk.toString()
      inMail = command.startsWith('DATA')
      socket.write(inMail ? '354 go on\r\n' : '250 ok\r\n')
    })
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  const files = [{ id: 'f', kind: 'file', name: 'a.bin', type: 'application/pdf', size: 20_000_000 }] as const
  const smtp = { ...double.server, port, user: '', password: '' }
  expect(await send({ files: [...files], openFile }, { smtp })).toMatchObject({ outcome: 'retry' })
  server.close()
})

test('every attempt at a message has one Message-ID, which is what it is known by', async () => {
  double.trouble({ at: 'end', with: 'cut' })
  await send()
  const attempt = await send({ attempt: 2 })
  const [first, second] = double.handedOver.map((raw) => /^Message-ID: <(.+)>\r$/m.exec(raw)?.[1])
  expect(first).toBe(second)
  expect(attempt).toEqual({ outcome: 'accepted', extId: second })
})

test('files are sent as they are, with their names', async () => {
  const content = Buffer.from([0, 255, 10, 13, 46, 13, 10])
  const files = [{ id: 'f', kind: 'file', name: 'año «nuevo».pdf', type: 'application/pdf', size: 7 }] as const
  await send({ files: [...files], openFile: () => Promise.resolve(content) })
  const [attachment] = double.mails[0]!.mail.attachments
  expect(attachment).toMatchObject({ filename: 'año «nuevo».pdf', contentType: 'application/pdf', content })
})

test('a text stays what it is: dots, long lines, markup, every script', async () => {
  const text = `.\n..\n<b>no</b> & sí\n${'x'.repeat(3000)}\nПривет 👋 مرحبا`
  await send({ body: { type: 'text', text } })
  const { mail } = double.mails[0]!
  expect(mail.text!.trim()).toBe(text)
  expect(mail.html).toContain('&lt;b&gt;no&lt;/b&gt; &amp; sí')
})

test('copies go to each once, and a copy nobody takes does not stop the mail', async () => {
  double.unknown.add('no@example.com')
  const cc = ['jefa@example.com', 'Jefa@example.com', 'ana@example.com', 'ventas@tienda.example', 'no@example.com']
  expect(await send({ body: { type: 'text', text: 'x', cc } })).toMatchObject({ outcome: 'accepted' })
  expect(double.mails[0]!.to).toEqual(['ana@example.com', 'jefa@example.com'])
})

test('when only the copies were taken, the message failed', async () => {
  double.unknown.add('ana@example.com')
  expect(await send({ body: { type: 'text', text: 'x', cc: ['jefa@example.com'] } })).toMatchObject({
    outcome: 'failed',
    code: 'mailbox-unknown',
  })
})

test.each([
  'ana@example.com, eva@example.net',
  'ana@example.com\r\nBcc: eva@example.net',
  '<eva@example.net>ana@example.com',
  'grupo:ana@example.com,eva@example.net;',
  'ana',
  '',
])('an address that could be read as something else is not written to: %j', async (address) => {
  expect(await send({ to: { address, name: null } })).toMatchObject({ outcome: 'failed', code: 'address-invalid' })
  expect(double.handedOver).toEqual([])
})

test('no name and no subject can add a line or a recipient to a mail', async () => {
  const evil = 'Ana" <eva@example.net>\r\nBcc: eva@example.net\r\n\r\nhola'
  await send(
    { to: { address: 'ana@example.com', name: evil }, body: { type: 'text', text: 'x', subject: evil } },
    { displayName: evil },
  )
  const [{ mail, to, raw }] = double.mails as [(typeof double.mails)[0]]
  expect(to).toEqual(['ana@example.com'])
  expect(mail.bcc).toBeUndefined()
  expect(mail.from?.value.map(({ address }) => address)).toEqual(['ventas@tienda.example'])
  expect(mail.to).toMatchObject({ value: [{ address: 'ana@example.com' }] })
  expect(raw).not.toMatch(/^Bcc:/im)
})

test('a server on the internet is not spoken to without encryption, an internal one not at all', async () => {
  const strict = makeEmail({ secret: 'a secret for tests, long enough to be one', allowInternal: [] })
  const plain = { ...double.server, host: '192.0.2.1' }
  for (const smtp of [double.server, plain])
    expect(await strict.send(line({ smtp }), message(), patient)).toMatchObject({ outcome: 'failed', lineBroken: true })
  expect(strict.refusesSettings!(mailSettings(double, { smtp: { ...plain, host: 'smtp.gmail.com' } }))).toMatchObject([
    { path: 'smtp.security', reason: 'insecure', fix: 'starttls' },
  ])
})

test('encryption that was asked for is never left away', async () => {
  const smtp = { ...double.server, security: 'starttls' as const }
  expect(await send({}, { smtp })).toMatchObject({ outcome: 'failed', code: 'tls-failed', lineBroken: true })
  expect(double.handedOver).toEqual([])
})

test('a check signs in for real and says what is wrong', async () => {
  const check = (smtp: EmailSettings['smtp']) => adapter.check(mailSettings(double, { smtp }), patient)
  expect(await check(double.server)).toEqual({
    ok: true,
    steps: [{ step: 'smtp', ok: true, code: null, detail: null }],
  })
  expect(await check({ ...double.server, password: 'otra' })).toMatchObject({
    ok: false,
    steps: [{ step: 'smtp', code: 'sign-in-refused', detail: expect.stringContaining('wrong password') }],
  })
  expect(await check({ ...double.server, port: 1 })).toMatchObject({ ok: false, steps: [{ code: 'unreachable' }] })
  expect(await check({ ...double.server, security: 'tls' })).toMatchObject({
    ok: false,
    steps: [{ code: 'tls-failed' }],
  })
})
