import { expect, test } from 'vitest'
import type { Incoming } from '../adapter.ts'
import { listenerHeaders, mailboxHeaders } from './event-headers.ts'
import { openOwnIds } from './own-id.ts'
import { parseMail } from './parse-mail.ts'
import type { EmailSettings } from './settings.ts'

const ids = openOwnIds('a secret for tests, long enough to be one')
const settings = { kind: 'email', address: 'ventas@tienda.es', displayName: '' } as EmailSettings
const byImap = mailboxHeaders('mail.tienda.es')

const parse = (raw: string | Buffer, headers: Record<string, string> = byImap) =>
  parseMail(
    { workspaceId: 1, settings },
    { headers, body: typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw },
    ids,
  )
async function read(raw: string | Buffer, headers?: Record<string, string>) {
  const [item, second] = await parse(raw, headers)
  if (item?.type !== 'message' || second !== undefined) throw new Error(`not one message: ${JSON.stringify(item)}`)
  return item
}
const body = async (raw: string | Buffer) => {
  const { body: found } = await read(raw)
  return found.type === 'email' ? found : expect.fail(found.type)
}

test('an ordinary mail: who, what, when, and what it answers', async () => {
  const own = ids.make(1, 5, 'tienda.es')
  const mail = await read(`From: =?utf-8?q?Ana_P=C3=A9rez?= <Ana@Correo.es>
To: Ventas <ventas@tienda.es>, otro@tienda.es
Date: Tue, 24 Nov 2026 10:15:00 +0100 (CET)
Subject: =?iso-8859-1?Q?A=F1o?=
Message-ID: <1@correo.es>
In-Reply-To: <${own}>
References: <viejo@correo.es> <${own}>

Hola`)
  expect(mail).toMatchObject({
    extId: expect.stringMatching(/^1@correo\.es#[0-9a-f]{32}$/),
    sentAt: new Date('2026-11-24T09:15:00Z'),
    sender: { address: 'Ana@Correo.es', addressKey: 'e:ana@correo.es', profileName: 'Ana Pérez', verified: null },
    body: { subject: 'Año', text: 'Hola', to: ['Ventas <ventas@tienda.es>', 'otro@tienda.es'], cc: [] },
    replyToExtIds: [own],
    references: [own, 'viejo@correo.es'],
    automatic: false,
  })
})

test.each([
  ['iso-8859-1', Buffer.from([0x61, 0xf1, 0x6f]), 'año'],
  ['windows-1252', Buffer.from([0x80, 0x35]), '€5'],
  ['gb2312', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), '你好'],
  ['iso-2022-jp', Buffer.from('\x1b$B$3$s\x1b(B', 'latin1'), 'こん'],
  ['koi8-r', Buffer.from([0xf0, 0xd2, 0xc9]), 'При'],
  ['utf-8', Buffer.from('año'), 'año'],
])('text in %s is read', async (charset, bytes, expected) => {
  const head = Buffer.from(`From: a@correo.es\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`)
  expect((await body(Buffer.concat([head, bytes]))).text).toBe(expected)
})

test.each(['x-unknown', '', '"', 'utf-8'])(
  'text in a charset that is wrong (%j) is kept as far as it goes',
  async (charset) => {
    const head = Buffer.from(`From: a@correo.es\r\nContent-Type: text/plain; charset=${charset}\r\n\r\nhola `)
    const { text } = await body(Buffer.concat([head, Buffer.from([0xff, 0xfe, 0]), Buffer.from(' adiós')]))
    expect(text).toMatch(/^hola .*adi/s)
  },
)

test('a mail with nothing in its head is a message of nobody, and two of them are two', async () => {
  const [one, other] = [await read('\nuno'), await read('\ndos')]
  expect(one.sender).toMatchObject({ address: '', email: null, verified: null })
  expect(one.sender.addressKey).not.toBe(other.sender.addressKey)
  expect(one.extId).not.toBe(other.extId)
})

test('one Message-ID with other content is another mail; the same content by another way is the same', async () => {
  const mail = (extra: string, text: string) => read(`${extra}From: a@correo.es\nMessage-ID: <1@x.es>\n\n${text}`)
  const one = await mail('', 'uno')
  expect((await mail('Received: by mx\nX-Spam: no\n', 'uno')).extId).toBe(one.extId)
  expect((await mail('', 'dos')).extId).not.toBe(one.extId)
})

test('files, pictures inside the text and attached mails come with it', async () => {
  const { files, html } = await read(`From: a@correo.es
Content-Type: multipart/mixed; boundary=M

--M
Content-Type: multipart/related; boundary=R

--R
Content-Type: text/html

<p>hola <img src="cid:foto"></p>
--R
Content-Type: image/png; name=f.png
Content-ID: <foto>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--R--
--M
Content-Type: message/rfc822

From: b@correo.es
Subject: dentro

no es mío
--M
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''a%C3%B1o.pdf

x
--M--`)
  expect(html).toContain('cid:foto')
  expect(files.map(({ kind, name, contentId }) => ({ kind, name, contentId }))).toEqual([
    { kind: 'image', name: 'f.png', contentId: 'foto' },
    { kind: 'file', name: 'mail-2.eml', contentId: null },
    { kind: 'file', name: 'año.pdf', contentId: null },
  ])
})

test.each([
  ['a quoted name with a list in it', '"Ana; b@x.es, c@x.es" <ana@correo.es>', 'ana@correo.es'],
  ['nested comments', 'Ana (ella (misma)) <ana@correo.es>', 'ana@correo.es'],
  ['an address for a name', '"banco@banco.es" <ana@correo.es>', 'ana@correo.es'],
])('the sender is the address, whatever surrounds it: %s', async (_what, from, expected) => {
  expect((await read(`From: ${from}\n\nx`)).sender.address).toBe(expected)
})

test('ten thousand groups and megabytes of comments are read to an end', async () => {
  const groups = `From: ${'g:a@x.es;'.repeat(10_000)}\n\nx`
  const comments = `From: ${'('.repeat(100_000)} <ana@correo.es>\n\nx`
  const folded = `From: ana@correo.es\nSubject: ${'a\n '.repeat(200_000)}\n\nx`
  for (const raw of [groups, comments, folded]) expect((await read(raw)).type).toBe('message')
})

test('a form of one’s own site speaks for the visitor; anybody else’s Reply-To does not', async () => {
  const visitor = await read('From: Tienda <wordpress@tienda.es>\nReply-To: Eva <eva@correo.es>\n\nx')
  expect(visitor.sender).toMatchObject({ address: 'eva@correo.es', profileName: 'Eva', verified: null })
  const other = await read('From: ana@correo.es\nReply-To: eva@correo.es\n\nx')
  expect(other.sender.address).toBe('ana@correo.es')
})

test('the verdict of the listener is believed over anything the mail says', async () => {
  const heard = (verdict: 'pass' | 'fail' | 'none') =>
    listenerHeaders({ remoteAddress: '8.8.8.8', helo: 'x', mailFrom: 'a@banco.es' }, { verdict, results: null })
  const raw = 'Authentication-Results: tienda.es; dmarc=pass\nFrom: a@banco.es\n\nx'
  expect((await read(raw, heard('fail'))).sender.verified).toBe(false)
  expect((await read(raw, heard('none'))).sender.verified).toBeNull()
  expect((await read(raw, heard('pass'))).sender.verified).toBe(true)
})

test('mails of our own are nothing new, by any of their marks', async () => {
  const marks = [
    `From: lista@x.es\nX-Ficha-Loop: ${ids.loopMark(1)}`,
    `From: lista@x.es\nMessage-ID: <${ids.make(1, 5, 'tienda.es')}>`,
    'From: Ventas <VENTAS@tienda.es>',
  ]
  for (const mark of marks) expect(await parse(`${mark}\n\nx`)).toEqual([])
  const foreign = `From: a@x.es\nX-Ficha-Loop: ${ids.loopMark(2)}\nMessage-ID: <${ids.make(2, 5, 'otra.es')}>`
  expect(await parse(`${foreign}\n\nx`)).toMatchObject([{ type: 'message' }])
})

test('what the mailbox would not give out is set aside with the reason', async () => {
  expect(await parse('v@x/INBOX 1 7', mailboxHeaders('mail.tienda.es', { unfetched: 'broken' }))).toEqual([
    { type: 'unreadable', reason: 'broken', raw: 'v@x/INBOX 1 7' },
  ])
})

const report = (parts: string, id = ids.make(1, 5, 'tienda.es')) => `From: MAILER-DAEMON@mx.es
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B

Sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.es

${parts}
--B
Content-Type: text/rfc822-headers

From: ventas@tienda.es
To: ana@correo.es
Message-ID: <${id}>

--B--`
const recipient = (address: string, action: string, status: string) =>
  `Final-Recipient: rfc822; ${address}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 ${status} no\n`

test.each<[string, string, Partial<Incoming>[]]>([
  ['a failure', recipient('ana@correo.es', 'failed', '5.1.1'), [{ type: 'status', status: 'failed' }]],
  ['a delivery', recipient('ana@correo.es', 'delivered', '2.0.0'), [{ type: 'status', status: 'delivered' }]],
  ['a delay', recipient('ana@correo.es', 'delayed', '4.4.1'), []],
  ['trouble with a copy', recipient('jefa@correo.es', 'failed', '5.1.1'), []],
])('a report of %s', async (_what, parts, expected) => {
  expect(await parse(report(parts))).toMatchObject(expected)
})

test('a report about a mail that this workspace never sent means nothing', async () => {
  for (const id of [ids.make(2, 5, 'tienda.es'), 'ficha.1.5.0123@tienda.es', 'x@y.es'])
    expect(await parse(report(recipient('ana@correo.es', 'failed', '5.1.1'), id))).toEqual([])
})

test('a bounce without any structure is recognised too', async () => {
  const id = ids.make(1, 5, 'tienda.es')
  expect(
    await parse(`Return-Path: <>
From: MAILER-DAEMON@old.es
Subject: failure notice

Hi. This is the qmail-send program. <ana@correo.es>: 550 5.1.1 user unknown

Message-ID: <${id}>`),
  ).toMatchObject([{ type: 'status', extId: id, status: 'failed', failure: { code: 'mailbox-unknown' } }])
})
