import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenWorkspace, type GivenMember } from '../../testing/given.ts'
import { freePort } from '../../testing/mail-imap.ts'
import { startSmtpDouble, type SmtpDouble } from '../../testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { startMailListener } from './mail-listener.ts'
import {
  givenMailLine,
  heardContacts,
  mailProgram,
  mailSettings,
  textsOf,
  waitForMails,
  waitForStatus,
} from './testing.ts'

let server: TestServer
let double: SmtpDouble
let port: number
let owner: GivenMember
let workspaceId: number
/** A line of its own for each test. */
let address: string
let count = 0

beforeAll(async () => {
  double = await startSmtpDouble()
  port = await freePort()
  server = await startTestServer({ config: { smtpListen: { host: '127.0.0.1', port } } })
})
beforeEach(async () => {
  const workspace = await givenWorkspace(server)
  owner = workspace.owner
  workspaceId = workspace.id
  address = `ventas${++count}@tienda.example`
  await givenMailLine(owner, mailSettings(double, { address }))
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const ana = { name: 'Ana Pérez', address: 'ana@example.com' }
const write = (mail: object, options = {}) => mailProgram(port, options).sendMail({ from: ana, to: address, ...mail })
const events = () =>
  server.deps.db.selectFrom('inbound_event').selectAll().where('workspace_id', '=', workspaceId).execute()
/** Waits until everything handed over so far has been taken in. */
const settled = (stored: number) =>
  waitFor(`${stored} events to be done`, async () => {
    const all = await events()
    return all.length === stored && all.every(({ state }) => state === 1)
  })

test('a mail from an ordinary program becomes a contact with its message and its files', async () => {
  await write({
    subject: 'Pedido 1001',
    text: '¿Tienen el azul?\n\nEl 24/11/2026 a las 10:15, Tienda escribió:\n> Hola',
    html: '<p>¿Tienen el <b>azul</b>?</p>',
    cc: 'jefe@example.com',
    attachments: [{ filename: 'pedido.txt', content: 'dos azules' }],
  })
  const { contact, messages } = await waitForMails(owner, 'ana@example.com')
  expect(contact).toMatchObject({ profileName: 'Ana Pérez', fields: { email: { value: 'ana@example.com' } } })
  expect(messages[0]).toMatchObject({
    direction: 'in',
    kind: 'email',
    verified: null,
    body: {
      type: 'email',
      subject: 'Pedido 1001',
      text: '¿Tienen el azul?',
      quoted: expect.stringContaining('> Hola'),
      hasHtml: true,
      to: [address],
      cc: ['jefe@example.com'],
      autoReply: false,
    },
    attachments: [{ name: 'pedido.txt', state: 'stored', size: 10 }],
  })
  const [event] = await events()
  expect(event!.headers).toMatchObject({ from: 'smtp', 'mail-from': 'ana@example.com', verdict: 'none' })
})

test('the conversation with the listener is encrypted where the other side wants it', async () => {
  await write({ text: 'en secreto' }, { requireTLS: true })
  await write({ text: 'en abierto' }, { ignoreTLS: true })
  const { messages } = await waitForMails(owner, 'ana@example.com', 2)
  expect(new Set(textsOf(messages))).toEqual(new Set(['en abierto', 'en secreto']))
})

test('nothing is taken for addresses that are nobody’s, and nothing is passed on', async () => {
  await expect(write({ to: 'nadie@tienda.example', text: 'x' })).rejects.toMatchObject({ responseCode: 550 })
  await expect(write({ to: 'alguien@gmail.com', text: 'x' })).rejects.toMatchObject({ responseCode: 550 })
  const sent = await write({ to: [address, 'alguien@gmail.com'], text: 'hola' })
  expect(sent.rejected).toEqual(['alguien@gmail.com'])
  const { messages } = await waitForMails(owner, 'ana@example.com')
  expect(textsOf(messages)).toEqual(['hola'])
  await expect(write({ text: 'x', envelope: { from: ana.address, to: 'ventas' } })).rejects.toMatchObject({
    responseCode: expect.any(Number),
  })
})

test('a tag after a plus sign leads to the same line', async () => {
  await write({ to: address.replace('@', '+web@'), text: 'desde la web' })
  const { messages } = await waitForMails(owner, 'ana@example.com')
  expect(textsOf(messages)).toEqual(['desde la web'])
})

test('a mail for two lines is taken by both', async () => {
  const second = address.replace('ventas', 'soporte')
  await givenMailLine(owner, mailSettings(double, { address: second }))
  await write({ from: 'ana.perez@gmail.com', to: [address, second], text: 'a los dos' })
  await settled(2)
  const [heard] = await heardContacts(owner)
  expect(textsOf(heard!.messages)).toEqual(['a los dos', 'a los dos'])
})

test('while nothing can be stored the sender is told to come back, and nothing is lost', async () => {
  await sql`alter table inbound_event rename to inbound_event_away`.execute(server.deps.db)
  try {
    await expect(write({ text: 'más tarde' })).rejects.toMatchObject({ responseCode: 451 })
  } finally {
    await sql`alter table inbound_event_away rename to inbound_event`.execute(server.deps.db)
  }
  await write({ text: 'más tarde' })
  await waitForMails(owner, 'ana@example.com')
})

test('a mail that is too large is refused and says so', async () => {
  const attachments = [{ filename: 'video.bin', content: Buffer.alloc(31 * 1024 * 1024) }]
  await expect(write({ text: 'x', attachments })).rejects.toThrow(/larger|size/i)
})

test('a mail that comes again is the same; another under its Message-ID is another', async () => {
  const mail = { messageId: '<pedido@example.com>', subject: 'Pedido', date: new Date(0) }
  await write({ ...mail, text: 'uno' })
  await write({ ...mail, text: 'uno' })
  await write({ ...mail, text: 'uno', headers: { received: 'by another way' } })
  await write({ ...mail, text: 'dos' })
  const { messages } = await waitForMails(owner, 'ana@example.com', 2)
  await waitFor('everything to be taken in', async () => (await events()).every(({ state }) => state === 1))
  expect(textsOf(messages)).toEqual(['uno', 'dos'])
})

/** Ana writes, the shop answers; what its mail server was given. */
async function givenAnswer() {
  await write({ messageId: '<pedido-1001@example.com>', subject: 'Pedido 1001', text: '¿Tienen el azul?' })
  const { contact } = await waitForMails(owner, 'ana@example.com')
  const before = double.mails.length
  const message = await owner.client.conversations.send({
    contactId: contact.id,
    body: { type: 'text', text: 'Sí, claro' },
  })
  const answer = await waitFor('the answer', () => double.mails[before])
  await waitForStatus(owner, contact.id, message.id, 'sent')
  return { contact, message, answer }
}

test('the answer reaches the person in the thread of their mail, and theirs ours', async () => {
  const { contact, message, answer } = await givenAnswer()
  expect(answer).toMatchObject({ from: address, to: ['ana@example.com'] })
  expect(answer.mail).toMatchObject({
    subject: 'Re: Pedido 1001',
    inReplyTo: '<pedido-1001@example.com>',
    references: '<pedido-1001@example.com>',
    text: expect.stringContaining('Sí, claro'),
    html: expect.stringContaining('Sí, claro'),
    from: { value: [{ name: 'Tienda del Puerto', address }] },
    to: { value: [{ address: 'ana@example.com' }] },
  })
  const theirs = await write({
    subject: 'Re: Pedido 1001',
    text: 'Pues dos',
    inReplyTo: answer.mail.messageId,
    references: ['<pedido-1001@example.com>', answer.mail.messageId!],
  })
  const { messages } = await waitForMails(owner, 'ana@example.com', 3)
  expect(textsOf(messages)).toEqual(['¿Tienen el azul?', 'Sí, claro', 'Pues dos'])
  expect(messages[2]!.replyTo).toMatchObject({ messageId: message.id })

  const before = double.mails.length
  await owner.client.conversations.send({ contactId: contact.id, body: { type: 'text', text: 'Hecho' } })
  const next = await waitFor('the next', () => double.mails[before])
  expect(next.mail.subject).toBe('Re: Pedido 1001')
  expect(next.mail.references).toEqual(['<pedido-1001@example.com>', answer.mail.messageId, theirs.messageId])
  expect(next.mail.inReplyTo).toBe(theirs.messageId)
})

test('a stranger who names our message gets a record of their own, and nothing of the thread', async () => {
  const { contact, answer } = await givenAnswer()
  await write({
    from: 'eva@example.net',
    subject: 'Re: Pedido 1001',
    text: 'Reenviadme todo',
    inReplyTo: answer.mail.messageId,
    references: answer.mail.messageId,
  })
  const eva = await waitForMails(owner, 'eva@example.net')
  expect(eva.contact.id).not.toBe(contact.id)
  expect(eva.messages).toMatchObject([{ replyTo: null }])
  const before = double.mails.length
  await owner.client.conversations.send({ contactId: eva.contact.id, body: { type: 'text', text: '¿Quién es?' } })
  const toEva = await waitFor('the answer to the stranger', () => double.mails[before])
  expect(toEva.to).toEqual(['eva@example.net'])
  for (const secret of ['ana@example.com', 'azul', 'Sí, claro', 'pedido-1001']) expect(toEva.raw).not.toContain(secret)
})

test('a message that cannot be delivered fails with the reason when its bounce comes, and nobody is made of it', async () => {
  const { contact, message, answer } = await givenAnswer()
  const stored = (await events()).length
  await write({
    from: { name: 'Mail Delivery System', address: 'MAILER-DAEMON@mx.example.com' },
    envelope: { from: '', to: address },
    raw: bounceOf(answer.raw, 'ana@example.com', address),
  })
  const failed = await waitForStatus(owner, contact.id, message.id, 'failed')
  expect(failed.failure).toMatchObject({ code: 'mailbox-unknown', detail: expect.stringContaining('no such user') })
  await settled(stored + 1)
  expect(await heardContacts(owner)).toHaveLength(1)
})

test('a bounce that names a message nobody sent changes nothing and makes nobody', async () => {
  const { contact, message, answer } = await givenAnswer()
  const stored = (await events()).length
  const forged = answer.raw.replace(/(ficha\.\w+\.\w+\.)[0-9a-f]{32}/g, `$1${'0'.repeat(32)}`)
  await write({ envelope: { from: '', to: address }, raw: bounceOf(forged, 'ana@example.com', address) })
  await settled(stored + 1)
  const [heard] = await heardContacts(owner)
  expect(await heardContacts(owner)).toHaveLength(1)
  expect(heard).toMatchObject({ contact: { id: contact.id } })
  expect(heard!.messages.find(({ id }) => id === message.id)!.status).toBe('sent')
})

test('an automatic answer is shown as one', async () => {
  await givenAnswer()
  await write({
    subject: 'Respuesta automática: Pedido 1001',
    text: 'Estoy de vacaciones',
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  const { messages } = await waitForMails(owner, 'ana@example.com', 3)
  expect(messages[2]!.body).toMatchObject({ autoReply: true })
})

test('a mail of our own that comes back is dropped, whoever passed it on', async () => {
  const { answer } = await givenAnswer()
  const stored = (await events()).length
  await write({ envelope: { from: 'list@example.org', to: address }, raw: answer.raw })
  const rewritten = answer.raw.replace(/^From:.*$/m, 'From: lista@example.org').replace(/^Message-ID:.*$/im, '')
  await write({ envelope: { from: 'list@example.org', to: address }, raw: rewritten })
  await settled(stored + 2)
  const heard = await heardContacts(owner)
  expect(heard).toHaveLength(1)
  expect(heard[0]!.messages).toHaveLength(2)
})

test('a mail that has gone in circles is turned away', async () => {
  const hops = Array.from({ length: 101 }, (_, at) => `Received: from mx${at}.example by mx${at + 1}.example\r\n`)
  await expect(
    write({ envelope: { from: ana.address, to: address }, raw: `${hops.join('')}From: ana@example.com\r\n\r\nx` }),
  ).rejects.toMatchObject({ responseCode: 554 })
})

test('a second process stands by and takes over when the first one ends', async () => {
  const smtpListen = { host: '127.0.0.1', port: await freePort() }
  const deps = { ...server.deps, config: { ...server.deps.config, smtpListen } }
  const first = await startMailListener(deps)
  const second = await startMailListener(deps)
  await first!.close()
  const mail = { from: ana, to: address, text: 'a quien sea' }
  const program = mailProgram(smtpListen.port)
  await waitFor('the second to take a mail', () =>
    program.sendMail(mail).then(
      () => true,
      () => false,
    ),
  )
  await waitForMails(owner, 'ana@example.com')
  await second!.close()
  await expect(program.sendMail(mail)).rejects.toMatchObject({ code: 'ESOCKET' })
})

test('one sender’s files fill no disk: what is too much within the hour is to come back later, words and others get through', async () => {
  const attachments = [{ filename: 'fotos.bin', content: Buffer.alloc(900_000, 'foto') }]
  const before = (await sql<{ key: string }>`select key from auth.throttle`.execute(server.deps.db)).rows
  await write({ text: 'una', attachments })
  // as if they had sent a hundred
  await sql`update auth.throttle set attempts = 99 where not key = any(${before.map(({ key }) => key)}::text[])`.execute(
    server.deps.db,
  )
  await expect(write({ text: 'otra', attachments })).rejects.toMatchObject({ responseCode: 452 })
  await write({ text: 'solo palabras' })
  await write({ from: 'luz@example.com', text: 'la mía', attachments })
  await settled(3)
  expect(await heardContacts(owner)).toHaveLength(2)
})

test('an address that cannot be listened on is told in a sentence', async () => {
  const config = { ...server.deps.config, smtpListen: { host: '192.0.2.1', port: 2525 } }
  await expect(startMailListener({ ...server.deps, config })).rejects.toThrow(/FICHA_SMTP_LISTEN.*192\.0\.2\.1:2525/)
})

test('a mail with the oddest envelope and head is kept', async () => {
  const stored = (await events()).length
  await write({ envelope: { from: '', to: address }, raw: Buffer.from('\r\n¿quién soy?\0\xff\r\n', 'latin1') })
  await settled(stored + 1)
  expect(await heardContacts(owner)).toHaveLength(1)
})

/** As Postfix reports it (RFC 3464). */
const bounceOf = (raw: string, recipient: string, to: string) =>
  [
    'From: MAILER-DAEMON@mx.example.com (Mail Delivery System)',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
    '',
    '--B',
    'Content-Type: text/plain',
    '',
    'I am sorry to have to inform you that your message could not be delivered.',
    '--B',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user here',
    '',
    '--B',
    'Content-Type: message/rfc822',
    '',
    raw,
    '--B--',
    '',
  ].join('\r\n')
