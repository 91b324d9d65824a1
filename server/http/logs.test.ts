import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenShop, textEvent, type Shop } from '../conversations/testing.ts'
import { givenWhatsapp } from '../testing/given-channel.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenUpload } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let double: CustomDouble
let whatsapp: WhatsappDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  whatsapp = await startWhatsappDouble()
  server = await startTestServer({ config: { whatsappApi: whatsapp.url } })
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
  await whatsapp.close()
})

/** Nobody's words by chance. */
const canary = (what: string) => `canario-${what}-${randomUUID().slice(0, 8)}`
const said = {
  text: canary('palabras'),
  name: canary('nombre'),
  search: canary('busqueda'),
  note: canary('nota'),
  file: canary('fichero'),
  row: canary('fila'),
  password: canary('clave'),
  token: canary('token'),
  refusal: canary('respuesta'),
}
const quietly = (act: Promise<unknown>) => act.catch(() => undefined)

test('nothing that people say, hold or are called reaches the log, not even where it goes wrong', async () => {
  const { client, headers } = shop.owner
  const phone = '+34600000142'
  await shop.post(phone, [textEvent(said.text)], { firstName: said.name, email: `${said.name}@nogal.es` })
  const contactId = await waitFor('the contact', async () => (await client.contacts.list({ q: phone })).items[0]?.id)
  await client.contacts.list({ q: said.search })
  await client.conversations.addNote({ contactId, text: said.note, mentions: [] })
  await quietly(client.contacts.update({ contactId, values: { email: `${said.name} no es correo` } }))
  await givenUpload(server.url, shop.owner, `Nombre,Correo\n${said.row},x\n`, `${said.file}.csv`)
  await fetch(`${server.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: `${said.name}@nogal.es`, password: said.password }),
  })
  await fetch(`${server.url}/api/contacts`, { headers: { authorization: `Bearer ${said.token}` } })
  await fetch(`${server.url}/webhooks/custom/${randomUUID().replaceAll('-', '').slice(0, 22)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${said.token}` },
    body: JSON.stringify({ text: said.text }),
  })
  double.trouble({ answer: { status: 400, body: { error: { message: said.refusal } } } })
  await client.conversations.send({ contactId, body: { type: 'text', text: said.text } })
  await waitFor('the refusal', async () => (await shop.messages(contactId)).at(-1)!.status === 'failed')
  const { webhookUrl } = await givenWhatsapp(server, shop.owner, whatsapp)
  await whatsapp.call(webhookUrl, {
    object: said.text,
    entry: [{ changes: [{ value: { messages: [{ text: said.text }] } }] }],
  })
  // the database refuses a row and shows it in its error
  await sql`alter table message add constraint nothing_more check (id < 0) not valid`.execute(server.deps.db)
  await sql`alter table contact add constraint nothing_more check (first_name not like 'canario-%-x') not valid`.execute(
    server.deps.db,
  )
  await shop.post(phone, [textEvent(said.text)])
  await quietly(client.conversations.addNote({ contactId, text: said.note, mentions: [] }))
  await quietly(client.contacts.create({ values: { firstName: `${said.name}-x` } }))
  await quietly(client.contacts.update({ contactId, values: { firstName: `${said.name}-x` } }))
  await quietly(
    sql`select ${said.text}::bigint`
      .execute(server.deps.db)
      .catch((err: unknown) => server.deps.log.error({ err }, 'a question that is none')),
  )
  await waitFor('the failures', () => server.logged.filter((line) => line.includes('nothing_more')).length > 1)
  const log = server.logged.join('\n')
  const found = Object.entries(said)
    .filter(([, word]) => log.includes(word))
    .map(([what]) => what)
  expect(found).toEqual([])
  expect(log).not.toContain(headers['cookie']!.split('=')[1]!.slice(0, 30))
})
