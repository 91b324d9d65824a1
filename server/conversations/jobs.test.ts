import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { textEvent, words } from './testing.ts'

let server: TestServer
let second: TestServer
let double: CustomDouble

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer()
  second = await startTestServer({ databaseUrl: server.databaseUrl })
})
afterAll(async () => {
  await second.close()
  await server.close()
  await double.close()
})

test('with two servers on one database, a message comes in unasked and the answer goes out, each once', async () => {
  const { owner } = await givenWorkspace(server)
  const { channel, webhookUrl } = await givenCustom(server, owner, double)
  const event = textEvent('¿hay alguien?')
  const call = () =>
    double.call(webhookUrl, { channelId: channel.setup.channelId, contactId: '+34600000142', events: [event] })
  expect((await Promise.all([call(), call(), call()])).map(({ status }) => status)).toEqual([200, 200, 200])
  const { contactId } = await waitFor('the conversation', async () => {
    const { items } = await owner.client.conversations.list({ view: 'all' })
    return items[0]
  })
  const texts = ['sí', 'dígame', '¿hola?']
  for (const text of texts) await owner.client.conversations.send({ contactId, body: { type: 'text', text } })
  await waitFor('the answers', () => double.sent.length >= 3)
  expect(double.sent.map(({ body }) => (body.message.type === 'text' ? body.message.text : ''))).toEqual(texts)
  const thread = await waitFor('all sent', async () => {
    const { items } = await owner.client.conversations.thread({ contactId })
    const messages = items.flatMap((item) => (item.type === 'message' ? [item.message] : []))
    return messages.every(({ status }) => status === 'received' || status === 'sent') ? messages.toReversed() : null
  })
  expect(words(thread)).toEqual(['¿hay alguien?', ...texts])
})
