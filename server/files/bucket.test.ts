import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Attachment } from '#contract/conversations.ts'
import { runJob } from '../bulk/run-job.ts'
import { fetchAttachments } from '../conversations/fetch-attachments.ts'
import { givenShop, onlyContact, openShop, type Shop } from '../conversations/testing.ts'
import { deletion } from '../deletion/deletion.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenWhatsapp } from '../testing/given-channel.ts'
import { startS3Server, type S3Server } from '../testing/s3-server.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { contact, message, webhook } from '../testing/whatsapp-webhooks.ts'
import { openDiskFiles } from './disk-files.ts'

const ana = '+34600000142'
const running = new AbortController().signal

let server: TestServer
let double: CustomDouble
let whatsapp: WhatsappDouble
let store: S3Server
let shop: Shop
let contactId: number
let photo: Buffer

beforeAll(async () => {
  double = await startCustomDouble()
  whatsapp = await startWhatsappDouble()
  store = await startS3Server()
  server = await startTestServer({
    work: false,
    config: { s3: store.settings, whatsappApi: whatsapp.url },
  })
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  photo = await sharp({ create: { width: 1400, height: 1000, channels: 3, background: 'white', noise } })
    .jpeg()
    .toBuffer()
})
beforeEach(async () => {
  shop = await givenShop(server, double)
  await shop.hear(ana, 'hola')
  contactId = await onlyContact(shop)
  double.sent.length = 0
})
afterAll(async () => {
  await server.close()
  await double.close()
  await whatsapp.close()
  await store.close()
})

const get = (path: string) => fetch(server.url + path, { headers: { cookie: shop.owner.headers['cookie']! } })
async function upload(content: Buffer | string, name: string): Promise<Response> {
  const form = new FormData()
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name)
  return fetch(`${server.url}/files`, { method: 'POST', headers: shop.owner.headers, body: form })
}
async function given(content: Buffer | string, name: string): Promise<Attachment> {
  const answer = await upload(content, name)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: Attachment[] }).items[0]!
}
const send = (attachmentIds: string[]) =>
  shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'mira' }, attachmentIds })
const kept = () => store.keys().filter((key) => key.startsWith(`ficha/${shop.id}/`))
async function destroy(): Promise<void> {
  const { id: jobId } = await shop.owner.client.deletion.start({
    selection: { kind: 'ids', ids: [contactId] },
    contacts: 1,
  })
  await runJob(server.deps, { delete: deletion }, { workspaceId: shop.id, jobId }, running)
}

test('a file lies below its workspace in the bucket, with its small picture, and both go with the contact', async () => {
  const { id, url, smallUrl } = await given(photo, 'foto.jpg')
  await send([id])
  const small = await get(smallUrl!)
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(Buffer.from(await (await get(url!)).arrayBuffer()).equals(photo)).toBe(true)
  const key = `ficha/${shop.id}/${id.slice(0, 2)}/${id}`
  expect(kept()).toEqual([key, `${key}.small`])
  await destroy()
  expect(kept()).toEqual([])
})

test('what lay on the disk before the bucket was set is still sent, and goes with its contact', async () => {
  const { id, url } = await given('a;b\n', 'medidas.csv')
  await send([id])
  await server.deps.files.remove(shop.id, id)
  expect((await get(url!)).status).toBe(404)
  const disk = openDiskFiles(join(server.deps.config.dataDir, 'files'))
  await disk.put(shop.id, id, Buffer.from('a;b\n'))
  expect(await (await get(url!)).text()).toBe('a;b\n')
  await destroy()
  expect(await disk.stream(shop.id, id)).toBeNull()
})

/** The next attempt of what waits is due now. */
const makeDue = (table: 'attachment' | 'delivery') =>
  server.deps.db
    .updateTable(table)
    .set({ next_attempt_at: sql`now()` })
    .where('workspace_id', '=', shop.id)
    .execute()

describe('while the bucket is away nothing is lost', () => {
  afterEach(() => store.comeBack())

  test('uploads and readings are told to come back later', async () => {
    const file = await given(photo, 'foto.jpg')
    await store.goAway()
    expect((await upload('x', 'nota.txt')).status).toBe(503)
    expect((await get(file.url!)).status).toBe(503)
    await store.comeBack()
    expect((await get(file.url!)).status).toBe(200)
  })

  test('a file that comes with a message is fetched for as long as it takes', async () => {
    double.files.set('/foto', { content: photo, type: 'image/jpeg' })
    const attachment = { type: 'image', url: `${double.url}/foto`, fileName: 'foto.jpg', mimeType: 'image/jpeg' }
    await shop.post(ana, [{ type: 'message', mId: randomUUID(), message: { type: 'attachment', attachment } }])
    await shop.ingest()
    const { id: messageId } = (await shop.messages(contactId)).at(-1)!
    const fetchIt = async () => {
      await makeDue('attachment')
      await fetchAttachments(server.deps, { workspaceId: shop.id, messageId }, running)
      return (await shop.messages(contactId)).at(-1)!.attachments[0]!
    }
    await store.goAway()
    // more often than a provider that fails is ever asked
    for (let attempt = 0; attempt < 10; attempt++) expect(await fetchIt()).toMatchObject({ state: 'pending' })
    await store.comeBack()
    expect(await fetchIt()).toMatchObject({ state: 'stored', size: photo.length })
  })

  test('a message with a file goes out, once, when the file can be had', async () => {
    const { channel, webhookUrl } = await givenWhatsapp(server, shop.owner, whatsapp)
    const line = openShop(server, shop, channel.id)
    const now = String(Math.floor(Date.now() / 1000))
    await whatsapp.call(
      webhookUrl,
      webhook({ contacts: [contact()], messages: [message('text', { body: 'hola' }, { timestamp: now })] }),
    )
    await line.ingest()
    const { items } = await shop.owner.client.conversations.list({ view: 'all' })
    const ben = items.find((one) => one.contactId !== contactId)!.contactId
    const { id } = await given(photo, 'foto.jpg')
    await store.goAway()
    const say = (text: string, attachmentIds: string[]) =>
      shop.owner.client.conversations.send({
        contactId: ben,
        channelId: channel.id,
        body: { type: 'text', text },
        attachmentIds,
      })
    await say('mira', [id])
    await line.deliver(ben)
    expect(whatsapp.sent).toEqual([])
    expect((await line.messages(ben)).at(-1)).toMatchObject({ status: 'queued' })
    await store.comeBack()
    await makeDue('delivery')
    await line.deliver(ben)
    expect(whatsapp.sent).toHaveLength(1)
    expect((await line.messages(ben)).at(-1)).toMatchObject({ status: 'sent' })
  })

  test('a deletion ends when the bytes can go, too', async () => {
    const { id } = await given(photo, 'foto.jpg')
    await send([id])
    await store.goAway()
    await expect(destroy()).rejects.toMatchObject({ name: 'StoreAway' })
    await store.comeBack()
    const [job] = (await shop.owner.client.bulk.list({})).items
    await runJob(server.deps, { delete: deletion }, { workspaceId: shop.id, jobId: job!.id }, running)
    expect(kept()).toEqual([])
    expect(await shop.owner.client.bulk.get({ jobId: job!.id })).toMatchObject({ state: 'done' })
  })
})
