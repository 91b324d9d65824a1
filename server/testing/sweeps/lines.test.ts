import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import { findAdapter } from '../../channels/find-adapter.ts'
import { openSecrets, sealSecrets } from '../../channels/seal-secrets.ts'
import { cleanUp } from '../../conversations/clean-up.ts'
import { givenWorkflow, runsOf } from '../../workflows/testing.ts'
import { startCustomDouble, type CustomDouble } from '../custom-double.ts'
import { givenWorkspace, type GivenWorkspace } from '../given.ts'
import { shakeHands } from '../meta-calls.ts'
import { startMessengerDouble, type MessengerDouble } from '../messenger-double.ts'
import { instagramWebhook, onInstagram, pageWebhook, said } from '../messenger-webhooks.ts'
import { startTelegramDouble, type TelegramDouble } from '../telegram-double.ts'
import { telegramMessage } from '../telegram-updates.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { startTwilioDouble, type TwilioDouble } from '../twilio-double.ts'
import { incomingSms, incomingWhatsapp, newSid } from '../twilio-webhooks.ts'
import { waitFor } from '../wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../whatsapp-double.ts'
import { message, signature, webhook } from '../whatsapp-webhooks.ts'

/*
 * What every line must withstand, whoever its provider is: calls that nobody of the provider made, calls that come again, and
 * calls that come at once. A kind of channel that has a webhook and is not among these fails the first test.
 */

const publicUrl = 'https://ficha.example'
const running = AbortSignal.timeout(300_000)

/** A call as it goes over the wire. */
interface Call {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}
interface Caller {
  /** The kind of channel whose adapter this is. */
  readonly kind: ChannelSettings['kind']
  settings(): ChannelSettings
  /** Another line of the kind, with secrets of its own where its provider gives them. */
  otherSettings(): ChannelSettings
  /**
   * A message of one person, as the provider posts it: proven to the channel.
   * @param id names the message; @param round makes other bytes of the same message
   * @param secret proves it by another secret than the line's own
   */
  says(channel: ChannelDetails, id: number, text: string, round: number, secret?: string): Call
}

let server: TestServer
let whatsapp: WhatsappDouble
let meta: MessengerDouble
let twilio: TwilioDouble
let telegram: TelegramDouble
let custom: CustomDouble

beforeAll(async () => {
  whatsapp = await startWhatsappDouble()
  meta = await startMessengerDouble()
  twilio = await startTwilioDouble()
  telegram = await startTelegramDouble()
  custom = await startCustomDouble()
  server = await startTestServer({
    config: {
      publicUrl,
      whatsappApi: whatsapp.url,
      metaApi: meta.url,
      twilioApi: twilio.url,
      telegramApi: telegram.url,
    },
  })
})
afterAll(async () => {
  await server.close()
  await Promise.all([whatsapp, meta, twilio, telegram, custom].map((double) => double.close()))
})

const json = { 'content-type': 'application/json' }
const asMeta = (payload: object, secret: string): Call => {
  const body = JSON.stringify(payload)
  return { body, headers: { ...json, 'x-hub-signature-256': signature(secret, body) } }
}
const asTwilio = (channel: ChannelDetails, params: Record<string, string>, secret: string): Call => ({
  body: new URLSearchParams(params).toString(),
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': getExpectedTwilioSignature(secret, channel.setup.webhookUrl!, { ...params }),
  },
})
const sids = new Map<number, string>()
const sidOf = (id: number): string => {
  if (!sids.has(id)) sids.set(id, newSid('SM'))
  return sids.get(id)!
}
const now = () => Math.floor(Date.now() / 1000)

const callers: Readonly<Record<string, Caller>> = {
  whatsapp: {
    kind: 'whatsapp',
    settings: () => whatsapp.settings,
    otherSettings: () => ({ ...whatsapp.settings, phoneNumberId: '222222222', appSecret: 'f'.repeat(32) }),
    says: (_channel, id, body, round, secret = whatsapp.settings.appSecret) =>
      asMeta(
        { ...webhook({ messages: [message('text', { body }, { id: `wamid.${id}`, timestamp: `${now()}` })] }), round },
        secret,
      ),
  },
  'WhatsApp by Twilio': {
    kind: 'whatsapp',
    settings: () => twilio.whatsapp,
    otherSettings: () => ({ ...twilio.whatsapp, sender: '+14155238886' }),
    says: (channel, id, body, round, secret = twilio.settings.authToken) =>
      asTwilio(channel, incomingWhatsapp(body, { MessageSid: sidOf(id), AddOns: `${round}` }), secret),
  },
  sms: {
    kind: 'sms',
    settings: () => twilio.settings,
    otherSettings: () => ({ ...twilio.settings, sender: '+14155238886' }),
    says: (channel, id, body, round, secret = twilio.settings.authToken) =>
      asTwilio(channel, incomingSms(body, { MessageSid: sidOf(id), AddOns: `${round}` }), secret),
  },
  messenger: {
    kind: 'messenger',
    settings: () => meta.settings,
    otherSettings: () => ({ ...meta.settings, pageId: '333333333', appSecret: 'f'.repeat(32) }),
    says: (_channel, id, text, round, secret = meta.settings.appSecret) =>
      asMeta({ ...pageWebhook([said({ mid: `m_${id}`, text }, { timestamp: Date.now() })]), round }, secret),
  },
  instagram: {
    kind: 'instagram',
    settings: () => meta.instagram,
    otherSettings: () => ({ ...meta.instagram, instagramId: '444444444', appSecret: 'f'.repeat(32) }),
    says: (_channel, id, text, round, secret = meta.instagram.appSecret) =>
      asMeta(
        { ...instagramWebhook([onInstagram.said({ mid: `m_${id}`, text }, { timestamp: Date.now() })]), round },
        secret,
      ),
  },
  telegram: {
    kind: 'telegram',
    settings: () => telegram.settings,
    otherSettings: () => ({ kind: 'telegram', botToken: `987654321:AAF-${'y'.repeat(31)}` }),
    says: (_channel, id, text, round, secret = telegram.webhook.secret) => ({
      body: JSON.stringify({
        ...telegramMessage({ text, date: now() }, { messageId: 10_000 + id }),
        update_id: id * 100 + round,
      }),
      headers: { ...json, 'x-telegram-bot-api-secret-token': secret },
    }),
  },
  custom: {
    kind: 'custom',
    settings: () => ({ kind: 'custom', apiBaseUrl: custom.url, contactIdType: 'phone' }),
    otherSettings: () => ({ kind: 'custom', apiBaseUrl: custom.url, contactIdType: 'phone' }),
    says: ({ setup }, id, text, round, secret = setup.apiToken!) => ({
      body: JSON.stringify({
        channelId: setup.channelId,
        contactId: '+34600000142',
        round,
        events: [{ type: 'message', mId: `m-${id}`, timestamp: Date.now(), message: { type: 'text', text } }],
      }),
      headers: { ...json, authorization: `Bearer ${secret}` },
    }),
  },
}

const addressOf = ({ kind, setup }: ChannelDetails) =>
  // its shared address finds the channel by the token; the one of its own is what can be guessed
  kind === 'custom'
    ? `${server.url}/webhooks/custom/${setup.channelId}`
    : server.url + new URL(setup.webhookUrl!).pathname
const post = async (channel: ChannelDetails, { body, headers }: Call) =>
  (await fetch(addressOf(channel), { method: 'POST', headers, body })).status
const connect = (shop: GivenWorkspace, settings: ChannelSettings) =>
  shop.owner.client.channels.connect({ name: 'Línea', settings })

const eventsOf = ({ id }: GivenWorkspace) =>
  server.deps.db.selectFrom('inbound_event').select(['state', 'error']).where('workspace_id', '=', id).execute()
const settled = (shop: GivenWorkspace) =>
  waitFor('everything to be taken in', async () => (await eventsOf(shop)).every(({ state }) => state === 1))

/** How many rows of each kind there are of what the workspace was told. */
async function holdings({ id }: GivenWorkspace): Promise<Record<string, number>> {
  const tables = ['contact', 'contact_channel', 'conversation', 'message', 'activity', 'notification', 'workflow_run']
  const counted = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.table(table)} where workspace_id = ${id}`.execute(server.deps.db)
      return [table, rows[0]!.n] as const
    }),
  )
  return Object.fromEntries(counted)
}

/** As if the line had been connected without any secret. */
async function forgetSecrets(workspaceId: number, channelId: number): Promise<void> {
  const { secret } = server.deps.config
  const { secrets } = await server.deps.db
    .selectFrom('channel')
    .select('secrets')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .executeTakeFirstOrThrow()
  const blank = (part: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.keys(part).map((name) => [name, '']))
  const known = openSecrets(secret, { workspaceId, channelId }, secrets!)
  await server.deps.db
    .updateTable('channel')
    .set({
      secrets: sealSecrets(
        secret,
        { workspaceId, channelId },
        { settings: blank(known.settings), own: blank(known.own) },
      ),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .execute()
}

test('every kind of channel that is called is among those that are tried', () => {
  const called = server.deps.adapters.kinds.filter((kind) => server.deps.adapters.get(kind)!.verifyWebhook)
  expect([...new Set(Object.values(callers).map(({ kind }) => kind))].toSorted()).toEqual(called.toSorted())
})

describe.each(Object.entries(callers))('%s', (_name, caller) => {
  let shop: GivenWorkspace
  let line: ChannelDetails
  beforeAll(async () => {
    shop = await givenWorkspace(server)
    line = await connect(shop, caller.settings())
    if (caller.kind === 'telegram') await waitFor('its webhook', () => telegram.webhook.secret !== '')
    return async () => {
      await shop.owner.client.channels.remove({ channelId: line.id })
    }
  })

  test('is not connected without its secrets', async () => {
    const settings = caller.settings()
    for (const path of findAdapter(server.deps.adapters, caller.kind, settings)!.secretPaths)
      await expect(connect(shop, { ...settings, [path]: ' ' })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        data: { fields: [{ path: `settings.${path}` }] },
      })
  })

  test('believes nothing that is not proven', async () => {
    const proven = caller.says(line, 1, 'Soy otra persona', 0)
    const withHeaders = (change: Record<string, string>): Call => ({
      ...proven,
      headers: { ...proven.headers, ...change },
    })
    const proofs = Object.keys(proven.headers).filter((name) => name !== 'content-type')
    const forgeries: Call[] = [
      { ...proven, headers: { 'content-type': proven.headers['content-type']! } },
      caller.says(line, 1, 'x', 0, 'not the secret'),
      caller.says(line, 1, 'x', 0, ''),
      ...proofs.flatMap((name) =>
        ['', 'x', 'null', 'undefined', `${proven.headers[name]}x`, proven.headers[name]!.slice(0, -1)].map((value) =>
          withHeaders({ [name]: value }),
        ),
      ),
    ]
    for (const forgery of forgeries) expect([401, 403]).toContain(await post(line, forgery))
    const asked = await fetch(addressOf(line))
    expect([400, 401, 403, 404]).toContain(asked.status)
    expect(await eventsOf(shop)).toEqual([])
  })

  test('reads nothing compressed, of another type or of any size', async () => {
    const { body, headers } = caller.says(line, 1, 'x', 0)
    const tries: [number, RequestInit][] = [
      [415, { headers: { ...headers, 'content-encoding': 'gzip' }, body: new Uint8Array(gzipSync(body)) }],
      [415, { headers: { ...headers, 'content-type': 'text/plain' }, body }],
      [415, { headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, body }],
      [413, { headers, body: ' '.repeat(3 * 1024 * 1024 + 1) }],
    ]
    for (const [status, init] of tries)
      expect((await fetch(addressOf(line), { method: 'POST', ...init })).status).toBe(status)
    expect(await eventsOf(shop)).toEqual([])
  })

  test('a call made for it is nothing at another’s address, whoever has that', async () => {
    const other = await givenWorkspace(server)
    const second = await connect(other, caller.otherSettings())
    expect([400, 401]).toContain(await post(second, caller.says(line, 1, 'Hola', 0)))
    expect(await eventsOf(other)).toEqual([])
    expect(await eventsOf(shop)).toEqual([])
    await other.owner.client.channels.remove({ channelId: second.id })
  })

  test('without its secret it is shut, not open', async () => {
    const other = await givenWorkspace(server)
    const second = await connect(other, caller.otherSettings())
    await forgetSecrets(other.id, second.id)
    for (const secret of ['', 'undefined', 'null'])
      expect([401, 403]).toContain(await post(second, caller.says(second, 1, 'Hola', 0, secret)))
    // of Meta's lines the handshake is refused, of the others there is none
    expect([400, 401, 403]).toContain((await shakeHands(addressOf(second), '')).status)
    expect(await eventsOf(other)).toEqual([])
    await other.owner.client.channels.remove({ channelId: second.id })
  })

  test('one message, told fifty times at once and again eight days later, happens once', async () => {
    const { client } = shop.owner
    expect(await post(line, caller.says(line, 2, 'Hola', 0))).toBe(200)
    const contactId = await waitFor(
      'the contact',
      async () => (await client.conversations.list({ view: 'all' })).items[0]?.contactId,
    )
    await client.conversations.assign({ contactId, memberId: shop.agent.memberId })
    await client.conversations.close({ contactId })
    await givenWorkflow(client, {
      triggers: [{ kind: 'conversationOpened' }],
      steps: [{ id: 'espera', kind: 'wait', amount: 30, unit: 'days' }],
    })
    const before = await holdings(shop)

    // as many in other bytes as in the same ones: what is stored twice is still one message
    const calls = Array.from({ length: 50 }, (_, at) => caller.says(line, 3, 'Otra cosa', at % 25))
    const answers = await Promise.all(calls.map((call) => post(line, call)))
    expect(answers.every((status) => status === 200)).toBe(true)
    await settled(shop)
    await waitFor('the workflow', async () => (await runsOf(client, contactId)).length > 0)
    const news = (await shop.agent.client.notifications.unread()).items.filter(({ kind }) => kind === 'message')
    expect(news).toMatchObject([{ messages: 1 }])
    const after = await holdings(shop)
    expect(after).toMatchObject({
      contact: before['contact'],
      contact_channel: before['contact_channel'],
      conversation: before['conversation']! + 1,
      message: before['message']! + 1,
      notification: before['notification']! + 1,
      workflow_run: 1,
    })

    await client.conversations.close({ contactId })
    const closed = await holdings(shop)
    await cleanUp(server.deps, new Date(Date.now() + 8 * 24 * 3600 * 1000), running)
    for (const call of [calls[0]!, calls[1]!, caller.says(line, 3, 'Otra cosa', 60)])
      expect(await post(line, call)).toBe(200)
    await settled(shop)
    expect(await holdings(shop)).toEqual(closed)
    expect((await client.conversations.list({ view: 'all' })).items).toEqual([])
  })
})
