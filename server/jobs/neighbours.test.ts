import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenShop, textEvent, type Shop } from '../conversations/testing.ts'
import { givenCustom } from '../testing/given-channel.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let double: CustomDouble
let deaf: Server
let deafUrl: string
/** Requests to it whose patience is over. */
const givenUp = { files: 0, messages: 0 }
let noisy: Shop
let quiet: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  deaf = createServer((request) => {
    const what = request.url === '/x' ? 'files' : 'messages'
    request.socket.once('close', () => (givenUp[what] += 1))
  })
  await new Promise<void>((done) => deaf.listen(0, '127.0.0.1', done))
  deafUrl = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`
  server = await startTestServer()
  noisy = await givenShop(server, double)
  quiet = await givenShop(server, double)
})
afterAll(async () => {
  deaf.closeAllConnections()
  deaf.close()
  await server.close()
  await double.close()
})

const contactOf = (shop: Shop, phone: string) =>
  waitFor('the contact', async () => (await shop.owner.client.contacts.list({ q: phone })).items[0]?.id)
const fileFrom = (url: string) => ({
  type: 'message',
  mId: randomUUID(),
  timestamp: Date.now(),
  message: { type: 'attachment', attachment: { type: 'image', url, fileName: 'foto.png', mimeType: 'image/png' } },
})

describe('nobody waits for another workspace', () => {
  test('whose files never come', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => noisy.post(`+346000001${10 + at}`, [fileFrom(`${deafUrl}/x`)])),
    )
    await waitFor('them to be asked for', async () => {
      const rows = await server.deps.db.selectFrom('attachment').select('id').where('attempts', '>', 0).execute()
      return rows.length >= 2
    })
    double.files.set('/foto', { content: Buffer.from('hola'), type: 'text/plain' })
    await quiet.post('+34600000142', [fileFrom(`${double.url}/foto`)])
    const contactId = await contactOf(quiet, '+34600000142')
    await waitFor('the file', async () =>
      (await quiet.messages(contactId)).some(({ attachments }) => attachments[0]?.state === 'stored'),
    )
    // before anything of theirs was over
    expect(givenUp.files).toBe(0)
  })

  test('all of whose lines hang', async () => {
    const hang = async (at: number) => {
      const phone = `+346000002${10 + at}`
      const { channel, webhookUrl } = await givenCustom(server, noisy.owner, { ...double, url: deafUrl })
      const body = { channelId: channel.setup.channelId, contactId: phone, events: [textEvent('hola')] }
      await double.call(webhookUrl, body, channel.setup.apiToken)
      const contactId = await contactOf(noisy, phone)
      await noisy.owner.client.conversations.send({
        contactId,
        channelId: channel.id,
        body: { type: 'text', text: 'x' },
      })
    }
    await Promise.all(Array.from({ length: 20 }, (_, at) => hang(at)))
    await quiet.post('+34600000143', [textEvent('hola')])
    const contactId = await contactOf(quiet, '+34600000143')
    await quiet.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'dígame' } })
    await waitFor('it to be sent', async () => (await quiet.messages(contactId)).at(-1)!.status === 'sent')
    // before anything of theirs was over
    expect(givenUp.messages).toBe(0)
  })
})
