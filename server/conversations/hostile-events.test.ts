import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtures } from '../channels/whatsapp/fixtures.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenWhatsapp } from '../testing/given-channel.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { placesOf, withValue } from '../testing/every-place.ts'
import { ingestChannel } from './ingest-channel.ts'
import { givenShop, textEvent, type Shop } from './testing.ts'

let server: TestServer
let double: CustomDouble
let whatsapp: WhatsappDouble
let shop: Shop

beforeAll(async () => {
  double = await startCustomDouble()
  whatsapp = await startWhatsappDouble()
  server = await startTestServer({ config: { whatsappApi: whatsapp.url }, work: false })
  shop = await givenShop(server, double)
})
afterAll(async () => {
  await server.close()
  await double.close()
  await whatsapp.close()
})

const values: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  {},
  { toString: 'x', valueOf: 1 },
  [],
  [[null]],
  '',
  "'); select pg_sleep(30); --",
  'a\u0000b\ud800\u202e',
  'x'.repeat(20_000),
]

/**
 * A payload with every value in every place, its ids made new so that none counts as said before. Unless asked for thoroughly,
 * a third of the values in each place, turn by turn.
 */
const spoilt = (payload: unknown): unknown[] =>
  placesOf(payload).flatMap((path, place) =>
    values
      .filter((_, at) => process.env['FICHA_THOROUGH'] === 'yes' || at % 3 === place % 3)
      .map((value) => anew(withValue(payload, path, value))),
  )
const anew = (payload: unknown): unknown =>
  JSON.parse(JSON.stringify(payload).replaceAll(/wamid\.[\w=]+|the-id/g, () => `wamid.${randomUUID()}`))

/**
 * Takes everything in, turn by turn. What could not be: nothing, where every event is understood, set aside, or waits for
 * the message it speaks of.
 */
async function takeIn(channelId: number): Promise<string[]> {
  const untried = () =>
    server.deps.db
      .selectFrom('inbound_event')
      .select('id')
      .where('workspace_id', '=', shop.id)
      .where('attempts', '=', 0)
      .executeTakeFirst()
  while ((await untried()) !== undefined)
    await ingestChannel(server.deps, { workspaceId: shop.id, channelId }, new AbortController().signal)
  const waiting = await server.deps.db
    .selectFrom('inbound_event')
    .select('error')
    .where('workspace_id', '=', shop.id)
    .where('state', '=', 0)
    .execute()
  return [
    ...waiting.map(({ error }) => error ?? 'interrupted').filter((error) => error !== 'unmatched'),
    ...server.logged.filter((line) => line.includes('could not be taken in')),
  ]
}

test('whatever an integrator posts, in any place of any event, is taken or set aside, and the next one gets through', async () => {
  const contact = { firstName: 'Ana', lastName: 'Soto', email: 'ana@example.com', countryCode: 'ES', language: 'es' }
  const attachment = {
    type: 'image',
    url: `${double.url}/x`,
    mimeType: 'image/png',
    fileName: 'x.png',
    description: 'x',
  }
  const events = [
    textEvent('hola', 'the-id'),
    textEvent('', 'the-id', { message: { type: 'attachment', attachment } }),
    textEvent('', 'the-id', { message: { type: 'location', latitude: 1, longitude: 2, name: 'a', address: 'b' } }),
    textEvent('', 'the-id', { message: { type: 'quick_reply', title: 'Sí' } }),
    { type: 'message_echo', mId: 'the-id', timestamp: 1, message: { type: 'text', text: 'x' } },
    { type: 'message_status', mId: 'the-id', timestamp: 1, status: { value: 'failed', message: 'x' } },
  ]
  const before = await shop.owner.client.contacts.list({})
  for (const spoiltContact of spoilt(contact))
    await shop.post('+34600000142', [anew(events[0]) as object], spoiltContact as object)
  for (const spoiltEvent of events.flatMap(spoilt)) await shop.post('+34600000143', [spoiltEvent as object], contact)
  expect(await takeIn(shop.channelId)).toEqual([])
  await shop.hear('+34600000144', 'y yo, ¿qué?')
  const { items } = await shop.owner.client.contacts.list({ q: '600000144' })
  expect([before.items, items.length]).toEqual([[], 1])
  // whoever posts it, their list can still be read
  expect((await shop.owner.client.conversations.list({ view: 'all' })).items.length).toBeGreaterThan(1)
})

test('whatever WhatsApp calls with is taken or set aside', async () => {
  const given = await givenWhatsapp(server, shop.owner, whatsapp)
  const kinds = [
    'a text',
    'an image with a caption',
    'a place',
    'a reaction',
    'receipts: sent, delivered, read, played',
  ]
  const payloads = fixtures.filter(({ name }) => kinds.includes(name)).flatMap(({ webhook }) => spoilt(webhook))
  const left = [...payloads]
  const call = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { status } = await whatsapp.call(given.webhookUrl, next)
      // a call that speaks of another line is not this one’s
      expect([200, 400, 404]).toContain(status)
    }
  }
  await Promise.all([call(), call(), call(), call()])
  expect(await takeIn(given.channel.id)).toEqual([])
})
