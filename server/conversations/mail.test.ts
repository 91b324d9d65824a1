import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Incoming } from '../channels/adapter.ts'
import { openLine } from '../channels/open-line.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { ingestMessage } from './ingest-message.ts'
import { givenShop, onlyContact, words, type Shop } from './testing.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

type Mail = Extract<Incoming, { type: 'message' }>

/** Takes a mail in as an e-mail line would. */
async function hear(
  text: string,
  more: Partial<Omit<Mail, 'sender'>> & { from?: string; verified?: boolean | null; name?: string } = {},
) {
  const { from = 'ana@example.com', verified = null, name = 'Ana', ...rest } = more
  const { line } = (await openLine(server.deps, shop.id, shop.channelId))!
  const sender = { address: from, addressKey: `e:${from}`, profileName: name, email: from, verified }
  const body = { type: 'email', subject: 'Pedido', text, quoted: null, hasHtml: rest.html !== undefined } as const
  await ingestMessage(
    server.deps,
    line,
    { addressedBy: 'email' },
    {
      type: 'message',
      extId: `<${text}>`,
      sentAt: null,
      sender,
      body: { ...body, to: [], cc: [], autoReply: false },
      files: [],
      ...rest,
    },
  )
}

const contactOf = async (email: string) => {
  const { items } = await shop.owner.client.conversations.list({ view: 'all' })
  const contacts = await Promise.all(items.map(({ contactId }) => shop.owner.client.contacts.get({ contactId })))
  return contacts.filter(({ channels }) => channels.some(({ address }) => address === email))
}

test('a mail joins the contact with its address, unless the sender’s proof failed', async () => {
  const { client } = shop.owner
  const known = await client.contacts.create({ values: { firstName: 'Ana', email: 'Ana@Talleres-Soto.es' } })
  // example.com proves nothing: its addresses are nobody's
  await hear('de verdad', { from: 'ana@talleres-soto.es' })
  expect(await shop.messages(known.id)).toMatchObject([{ verified: null }])

  const victim = await client.contacts.create({ values: { firstName: 'Bea', email: 'bea@talleres-soto.es' } })
  await hear('falso', { from: 'bea@talleres-soto.es', verified: false })
  expect(await shop.messages(victim.id)).toEqual([])
  const [stranger] = await contactOf('bea@talleres-soto.es')
  expect(stranger!.id).not.toBe(victim.id)
  expect(await shop.messages(stranger!.id)).toMatchObject([{ verified: false }])
})

test('a forged mail in the name of a known address is marked, and renames nobody', async () => {
  await hear('hola', { verified: true })
  await hear('soy yo, de verdad', { verified: false, name: 'Tu Banco' })
  const contactId = await onlyContact(shop)
  expect((await shop.messages(contactId)).map(({ verified }) => verified)).toEqual([true, false])
  expect((await shop.owner.client.contacts.get({ contactId })).profileName).toBe('Ana')
})

test('naming another’s message gives nothing of it away', async () => {
  await hear('secreto')
  await hear('respuesta', { from: 'eva@example.com', replyToExtIds: ['<secreto>'] })
  const [eva] = await contactOf('eva@example.com')
  const messages = await shop.messages(eva!.id)
  expect(words(messages)).toEqual(['respuesta'])
  expect(messages[0]!.replyTo).toBeNull()
  await hear('otra mía', { from: 'eva@example.com', replyToExtIds: ['<secreto>', '<respuesta>'] })
  expect((await shop.messages(eva!.id))[1]!.replyTo).toMatchObject({ text: 'respuesta' })
})

test('the HTML of a mail comes cleaned, its own pictures as files, remote ones only when asked for', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  await hear('con foto', {
    html: '<p onclick="x()">hola</p><script>x()</script><img src="cid:foto@x"><img src="https://tracker.example/1.gif">',
    files: [{ kind: 'image', name: 'foto.png', type: 'image/png', contentId: 'foto@x', content: png }],
  })
  const contactId = await onlyContact(shop)
  const [message] = await shop.messages(contactId)
  const { conversations } = shop.owner.client
  const shown = await conversations.emailHtml({ contactId, messageId: message!.id })
  expect(shown.hasRemoteContent).toBe(true)
  expect(shown.html).toContain(message!.attachments[0]!.url!)
  for (const wrong of ['script', 'onclick', 'tracker']) expect(shown.html).not.toContain(wrong)
  const remote = await conversations.emailHtml({ contactId, messageId: message!.id, remoteContent: true })
  expect(remote.html).toContain('https://tracker.example/1.gif')
})

test('a mail from nobody is kept, and cannot be answered', async () => {
  await hear('¿quién soy?', { from: '' })
  const contactId = await onlyContact(shop)
  await expect(
    shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'x' } }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'no-address' } })
})

test('a file that came once is one file, however often the mail comes', async () => {
  const file = {
    kind: 'file',
    name: 'a.txt',
    type: 'text/plain',
    contentId: null,
    content: Buffer.from('hola'),
  } as const
  for (let time = 0; time < 3; time++) await hear('adjunto', { files: [file] })
  const contactId = await onlyContact(shop)
  const [message] = await shop.messages(contactId)
  expect(message!.attachments).toMatchObject([{ name: 'a.txt', size: 4, state: 'stored' }])
  const answer = await fetch(server.url + message!.attachments[0]!.url!, { headers: shop.agent.headers })
  expect(await answer.text()).toBe('hola')
})
