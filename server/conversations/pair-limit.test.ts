import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWhatsapp } from '../testing/given-channel.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { openShop } from './testing.ts'

let server: TestServer
let whatsapp: WhatsappDouble

beforeAll(async () => {
  whatsapp = await startWhatsappDouble()
  server = await startTestServer({ work: false, config: { whatsappApi: whatsapp.url } })
})
afterAll(async () => {
  await server.close()
  await whatsapp.close()
})

test('too much for one person holds back that person’s messages alone, in order', async () => {
  whatsapp.templates = [
    {
      name: 'saludo',
      language: 'es',
      status: 'APPROVED',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Hola' }],
    },
  ]
  const workspace = await givenWorkspace(server)
  const { client } = workspace.owner
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp)
  await client.channels.templates({ channelId: channel.id })
  const shop = openShop(server, workspace, channel.id)
  const write = async (phone: string, times: number) => {
    const { id } = await client.contacts.create({ values: { phone } })
    for (let time = 0; time < times; time++)
      await client.conversations.send({
        contactId: id,
        channelId: channel.id,
        body: { type: 'template', name: 'saludo', language: 'es', variables: {} },
      })
    return id
  }
  const statuses = async (contactId: number) => (await shop.messages(contactId)).map(({ status }) => status)
  const ana = await write('+34600000142', 2)
  whatsapp.refuse(131056)
  await shop.deliver(ana)
  expect(await statuses(ana)).toEqual(['queued', 'queued'])
  const bea = await write('+34600000143', 1)
  await shop.deliver(bea)
  expect(await statuses(bea)).toEqual(['sent'])
  expect(await statuses(ana)).toEqual(['queued', 'queued'])
  const { items } = await client.channels.list()
  expect(items[0]).toMatchObject({ state: 'connected', holdup: null })
})
