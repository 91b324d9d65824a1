import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenWhatsapp } from '../testing/given-channel.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'

let server: TestServer
let whatsapp: WhatsappDouble

beforeAll(async () => {
  whatsapp = await startWhatsappDouble()
  server = await startTestServer({ config: { whatsappApi: whatsapp.url } })
})
afterAll(async () => {
  await server.close()
  await whatsapp.close()
})

const template = (name: string, text: string) => ({
  name,
  language: 'es',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text }],
})

test('what stands for a placeholder is put in once, as it is, and is no placeholder itself', async () => {
  whatsapp.templates = [template('saludo', 'Hola {{1}}, de {{2}}'), template('raro', 'Hola {{constructor}}')]
  const { owner } = await givenWorkspace(server)
  const { channel } = await givenWhatsapp(server, owner, whatsapp)
  await owner.client.channels.templates({ channelId: channel.id })
  const { id: contactId } = await owner.client.contacts.create({
    values: { firstName: '{{7*7}} ${7*7}', phone: '+34600000142' },
  })
  const variables = { '1': '{{2}} $& $1 ${7*7} {{7*7}}', '2': '{{1}}' }
  const send = (name: string, given: Record<string, string>) =>
    owner.client.conversations.send({
      contactId,
      channelId: channel.id,
      body: { type: 'template', name, language: 'es', variables: given },
    })
  const message = await send('saludo', variables)
  expect(message.body).toMatchObject({ text: 'Hola {{2}} $& $1 ${7*7} {{7*7}}, de {{1}}' })
  const { body } = await waitFor('the message to go out', () => whatsapp.sent[0])
  expect(body['template']).toMatchObject({
    components: [{ type: 'body', parameters: [{ text: variables['1'] }, { text: variables['2'] }] }],
  })
  await expect(send('raro', {})).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'template-incomplete' },
  })
  expect((await owner.client.contacts.get({ contactId })).displayName).toBe('{{7*7}} ${7*7}')
})
