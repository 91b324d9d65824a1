import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenWorkspace, type GivenMember } from '../../testing/given.ts'
import { imapMissing, startMailbox, type MailboxServer } from '../../testing/mail-imap.ts'
import { startSmtpDouble, type SmtpDouble } from '../../testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { unless } from '../../testing/unless.ts'
import { waitFor } from '../../testing/wait-for.ts'
import type { Mailbox } from './open-imap.ts'
import { givenMailLine, heardContacts, mailSettings, textsOf, waitForMails } from './testing.ts'

describe('a real mailbox', unless(imapMissing), () => {
  let server: TestServer
  let smtp: SmtpDouble
  let box: MailboxServer
  let owner: GivenMember
  let workspaceId: number
  let channelId: number

  beforeAll(async () => {
    smtp = await startSmtpDouble()
    server = await startTestServer()
  })
  beforeEach(async () => {
    box = await startMailbox()
    const workspace = await givenWorkspace(server)
    owner = workspace.owner
    workspaceId = workspace.id
  })
  afterEach(async () => {
    await owner.client.channels.remove({ channelId })
    await box.close()
  })
  afterAll(async () => {
    await server.close()
    await smtp.close()
  })

  const progress = async () => {
    const row = await server.deps.db
      .selectFrom('channel')
      .select('progress')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', channelId)
      .executeTakeFirstOrThrow()
    return row.progress as { lastUid?: number; uidValidity?: string }
  }
  const events = () =>
    server.deps.db
      .selectFrom('inbound_event')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('id')
      .execute()
  /** Connects the mailbox and waits until it is being read. */
  async function connect(): Promise<void> {
    const line = await givenMailLine(owner, mailSettings(smtp, { imap: box.server }))
    channelId = line.id
    await waitFor('the first look', async () => (await progress()).lastUid !== undefined)
  }
  const state = () => owner.client.channels.get({ channelId })

  let count = 0
  const mail = (text: string, head: Record<string, string> = {}) =>
    Object.entries({
      From: 'Ana Pérez <ana@example.com>',
      To: 'ventas@tienda.example',
      Subject: 'Pedido',
      'Message-ID': `<m${++count}@example.com>`,
      'Content-Type': 'text/plain; charset=utf-8',
      ...head,
    })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('') + `\r\n${text}\r\n`
  const textsFrom = async (email: string) => {
    const heard = (await heardContacts(owner)).filter(({ contact }) =>
      contact.channels.some(({ address }) => address === email),
    )
    return heard.flatMap(({ messages }) => textsOf(messages))
  }

  test('what comes from now on becomes contacts; what lay there before stays there', async () => {
    box.deliver(mail('de antes'))
    await connect()
    box.deliver(mail('de ahora'))
    const { contact, messages } = await waitForMails(owner, 'ana@example.com')
    expect(contact.profileName).toBe('Ana Pérez')
    expect(textsOf(messages)).toEqual(['de ahora'])
    expect((await events())[0]!.headers).toEqual({ from: 'imap', 'imap-host': '127.0.0.1' })
  })

  test('the answer goes out by SMTP in the thread of the mail', async () => {
    await connect()
    box.deliver(mail('¿Tienen el azul?', { 'Message-ID': '<azul@example.com>', References: '<otra@x.es> <mesa@x.es>' }))
    const { contact } = await waitForMails(owner, 'ana@example.com')
    await owner.client.conversations.send({ contactId: contact.id, body: { type: 'text', text: 'Sí' } })
    const answer = await waitFor('the answer', () => smtp.mails.at(-1))
    expect(answer.mail).toMatchObject({
      inReplyTo: '<azul@example.com>',
      references: ['<otra@x.es>', '<mesa@x.es>', '<azul@example.com>'],
      subject: 'Re: Pedido',
    })
  })

  test('everything that came while nobody read is read, in order and once', async () => {
    await connect()
    box.deliver(mail('uno'))
    await waitForMails(owner, 'ana@example.com')
    await owner.client.channels.pause({ channelId })
    for (const text of ['dos', 'tres', 'cuatro']) box.deliver(mail(text))
    await owner.client.channels.resume({ channelId })
    const { messages } = await waitForMails(owner, 'ana@example.com', 4)
    expect(textsOf(messages)).toEqual(['uno', 'dos', 'tres', 'cuatro'])
  })

  test('after the server was away, reading goes on where it was', async () => {
    await connect()
    box.deliver(mail('uno'))
    await waitForMails(owner, 'ana@example.com')
    await box.stop()
    box.deliver(mail('dos'))
    await box.start()
    box.deliver(mail('tres'))
    const { messages } = await waitForMails(owner, 'ana@example.com', 3)
    expect(textsOf(messages)).toEqual(['uno', 'dos', 'tres'])
  })

  test('when the server numbers its mails anew, none is lost and none comes twice', async () => {
    box.deliver(mail('de antes'), new Date(Date.now() - 3600_000))
    await connect()
    box.deliver(mail('uno'))
    box.deliver(mail('dos'))
    await waitForMails(owner, 'ana@example.com', 2)
    await box.stop()
    box.deliver(mail('tres'))
    box.renumber()
    const { uidValidity } = await progress()
    await box.start()
    await waitFor('the new numbers', async () => (await progress()).uidValidity !== uidValidity)
    box.deliver(mail('cuatro'))
    await waitForMails(owner, 'ana@example.com', 4)
    expect(await textsFrom('ana@example.com')).toEqual(['uno', 'dos', 'tres', 'cuatro'])
  })

  test('one mail that cannot be read stops none of the others, and is not forgotten', async () => {
    await connect()
    await owner.client.channels.pause({ channelId })
    box.deliver(mail('uno'))
    box.spoil(box.deliver(mail('roto')))
    box.deliver(mail('tres'))
    await owner.client.channels.resume({ channelId })
    const { messages } = await waitForMails(owner, 'ana@example.com', 2)
    expect(textsOf(messages)).toEqual(['uno', 'tres'])
    const aside = (await events()).filter(({ headers }) => 'unfetched' in (headers as object))
    expect(aside).toHaveLength(1)
    expect((await state()).state).toBe('connected')
  })

  test('a mail stored but not yet counted when the process dies comes in once', async () => {
    await connect()
    box.deliver(mail('uno'))
    await waitForMails(owner, 'ana@example.com')
    await owner.client.channels.pause({ channelId })
    await server.deps.db
      .updateTable('channel')
      .set({ progress: JSON.stringify({ ...(await progress()), lastUid: 0 }) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', channelId)
      .execute()
    await owner.client.channels.resume({ channelId })
    box.deliver(mail('dos'))
    await waitForMails(owner, 'ana@example.com', 2)
    expect(await textsFrom('ana@example.com')).toEqual(['uno', 'dos'])
  })

  test('a mail that is too large is shown as one, with its head', async () => {
    await connect()
    box.deliver(mail('x'.repeat(31 * 1024 * 1024), { Subject: 'Fotos' }))
    const { messages } = await waitForMails(owner, 'ana@example.com')
    expect(messages[0]!.body).toEqual({ type: 'unsupported', hint: 'email-too-large Fotos' })
  })

  test('a refused sign-in is shown on the line, until it is taken again', async () => {
    await connect()
    await box.stop()
    box.changePassword('otra')
    await box.start()
    const broken = await waitFor('the line to be broken', async () => {
      const found = await state()
      return found.state === 'broken' && found
    })
    expect(broken.problem).toMatchObject({ code: 'sign-in-refused', detail: expect.stringContaining('IMAP') })
    box.deliver(mail('mientras'))
    box.changePassword(box.server.password)
    await waitForMails(owner, 'ana@example.com')
    await waitFor('the line to be whole', async () => (await state()).state === 'connected')
  })

  test('a mail whose sender failed its proof joins nobody and is marked, whomever it names', async () => {
    await connect()
    const victim = await owner.client.contacts.create({ values: { firstName: 'Bea', email: 'bea@gmail.com' } })
    const verdict = (result: string) => ({ 'Authentication-Results': `mx.tienda.example; dmarc=${result}` })
    box.deliver(mail('falso', { ...verdict('fail'), From: 'bea@gmail.com', Cc: 'eva@example.net' }))
    const forged = await waitForMails(owner, 'bea@gmail.com')
    expect(forged.contact.id).not.toBe(victim.id)
    expect(forged.messages).toMatchObject([{ verified: false }])

    const known = await owner.client.contacts.create({ values: { firstName: 'Cira', email: 'cira@gmail.com' } })
    box.deliver(mail('cierto', { ...verdict('pass'), From: 'cira@gmail.com' }))
    const real = await waitForMails(owner, 'cira@gmail.com')
    expect(real.contact.id).toBe(known.id)
    expect(real.messages).toMatchObject([{ verified: true }])
  })

  test('a check signs in, opens the folder, and says which of them failed', async () => {
    await connect()
    const check = (change: Partial<Mailbox>) =>
      owner.client.channels.check({ settings: mailSettings(smtp, { imap: { ...box.server, ...change } }) })
    box.deliver(mail('uno'))
    expect(await check({})).toMatchObject({
      ok: true,
      steps: [{ step: 'smtp' }, { step: 'imap' }, { step: 'folder', detail: '1' }],
    })
    expect((await check({ password: 'otra' })).steps.at(-1)).toMatchObject({ step: 'imap', code: 'sign-in-refused' })
    expect((await check({ folder: 'Ventas' })).steps.at(-1)).toMatchObject({ step: 'folder', code: 'folder-missing' })
    expect((await check({ port: 1 })).steps.at(-1)).toMatchObject({ step: 'imap', code: 'unreachable' })
    expect((await check({ security: 'tls' })).steps.at(-1)).toMatchObject({ step: 'imap', code: 'tls-failed' })
    expect((await check({ security: 'starttls' })).steps.at(-1)).toMatchObject({ step: 'imap', code: 'tls-failed' })
  })
})
