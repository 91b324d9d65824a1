import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenMember, givenWorkspace, type GivenMember } from '../../testing/given.ts'
import { freePort } from '../../testing/mail-imap.ts'
import { startSmtpDouble, type SmtpDouble } from '../../testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { givenMailLine, heardContacts, mailProgram, mailSettings, textsOf, waitForMails } from './testing.ts'

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
  ;({ owner, id: workspaceId } = await givenWorkspace(server))
  address = `ventas${++count}@tienda.example`
  await givenMailLine(owner, mailSettings(double, { address }))
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const write = (mail: object) => mailProgram(port).sendMail({ from: 'Ana <ana@example.com>', to: address, ...mail })
async function answer(contactId: number, text: string, cc: string[] = []) {
  const before = double.mails.length
  await owner.client.conversations.send({ contactId, body: { type: 'text', text, cc } })
  return waitFor('the answer', () => double.mails[before])
}
/** The names of everybody a mail goes to, hidden or not. */
const named = ({ raw }: { raw: string }) => raw.match(/[\w.+-]+@[\w.-]+\.(?:com|net|org|example)/g) ?? []

test('whoever stands in copy of a mail is not written to by the answer, and reads nothing of it', async () => {
  await write({
    subject: 'Pedido',
    text: 'hola',
    cc: ['eva@example.net', address.replace('@', '+copia@')],
    bcc: 'oculta@example.net',
    replyTo: 'eva@example.net',
    headers: {
      'Return-Path': '<eva@example.net>',
      'Mail-Followup-To': 'eva@example.net',
      'Errors-To': 'eva@example.net',
    },
  })
  const { contact } = await waitForMails(owner, 'ana@example.com')
  expect(await heardContacts(owner)).toHaveLength(1)
  const sent = await answer(contact.id, 'Buenos días')
  expect(sent.to).toEqual(['ana@example.com'])
  expect(named(sent).filter((name) => name.includes('eva@') || name.includes('oculta@'))).toEqual([])
})

test('a number, a subject or a tag after the address leads into nobody’s thread', async () => {
  await write({ messageId: '<pedido@example.com>', subject: 'Pedido 1001', text: 'lo mío' })
  const { contact, messages } = await waitForMails(owner, 'ana@example.com')
  await answer(contact.id, 'lo nuestro')
  const { id } = messages[0]!
  const guesses = [
    { subject: 'Re: Pedido 1001' },
    { subject: `Re: [#${contact.id}] Pedido 1001 {${id}}` },
    { to: address.replace('@', `+${contact.id}@`) },
    { to: address.replace('@', `+${id}@`) },
    { inReplyTo: '<pedido@example.com>', references: '<pedido@example.com>' },
    { inReplyTo: `<ficha.${workspaceId.toString(36)}.${id.toString(36)}.${'0'.repeat(32)}@tienda.example>` },
    { inReplyTo: `<${id}@tienda.example>`, headers: { 'X-Ficha-Contact': String(contact.id) } },
  ]
  for (const [at, guess] of guesses.entries())
    await write({ from: `eva${at}@example.net`, subject: 'Re: Pedido 1001', text: 'enséñame todo', ...guess })
  for (const at of guesses.keys()) {
    const eva = await waitForMails(owner, `eva${at}@example.net`)
    expect(eva.contact.id).not.toBe(contact.id)
    expect(eva.messages).toMatchObject([{ replyTo: null }])
    const toEva = await answer(eva.contact.id, '¿Quién es?')
    expect(toEva.to).toEqual([`eva${at}@example.net`])
    for (const secret of ['ana@example.com', 'lo mío', 'lo nuestro']) expect(toEva.raw).not.toContain(secret)
  }
  const known = await waitForMails(owner, 'ana@example.com', 2)
  expect(textsOf(known.messages)).toEqual(['lo mío', 'lo nuestro'])
})

test('who answers a mail that was passed on to them is a person of their own, and the first one is not told', async () => {
  await write({ subject: 'Presupuesto', text: 'pásalo a quien lo lleve' })
  const { contact } = await waitForMails(owner, 'ana@example.com')
  const sent = await answer(contact.id, 'Mil euros, solo para usted')
  await write({
    from: 'Luis <luis@example.org>',
    subject: 'Re: Presupuesto',
    text: 'De acuerdo',
    inReplyTo: sent.mail.messageId,
    references: sent.mail.messageId,
  })
  const luis = await waitForMails(owner, 'luis@example.org')
  expect(luis.contact.id).not.toBe(contact.id)
  const toLuis = await answer(luis.contact.id, 'Gracias')
  expect([toLuis.to, named(toLuis).filter((name) => name.startsWith('ana@'))]).toEqual([['luis@example.org'], []])
  const toAna = await answer(contact.id, 'Queda hecho')
  expect([toAna.to, named(toAna).filter((name) => name.startsWith('luis@'))]).toEqual([['ana@example.com'], []])
})

test('an answer to all leaves out the line itself in every spelling, and says nothing of notes', async () => {
  await write({ subject: 'Pedido', text: 'hola', cc: 'jefe@example.com' })
  const { contact } = await waitForMails(owner, 'ana@example.com')
  await owner.client.conversations.addNote({ contactId: contact.id, text: 'no fiarle nada' })
  const sent = await answer(contact.id, 'Buenos días', [
    'jefe@example.com',
    'JEFE@example.com',
    'Ana@Example.com',
    address.toUpperCase(),
  ])
  expect(sent.to).toEqual(['ana@example.com', 'jefe@example.com'])
  expect(sent.raw).not.toContain('fiarle')
  expect(sent.raw).not.toMatch(/^bcc:/im)
})

test('a code that another service mails here is read by those who see the conversation, and by nobody else', async () => {
  const narrowed = await givenMember(server, workspaceId, { restrictions: ['onlyMine'] })
  const elsewhere = await givenWorkspace(server)
  await write({
    from: 'no-reply@accounts.example.org',
    subject: 'Your code',
    text: 'Your code is 481516',
    cc: narrowed.email,
  })
  const { contact, messages } = await waitForMails(owner, 'no-reply@accounts.example.org')
  expect(textsOf(messages)).toEqual(['Your code is 481516'])
  for (const outsider of [narrowed, elsewhere.owner]) {
    const { conversations } = outsider.client
    expect((await conversations.list({ view: 'all', q: 'accounts.example.org' })).items).toEqual([])
    await expect(conversations.thread({ contactId: contact.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})
