import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom, givenWhatsapp, type GivenChannel } from '../testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { message, signature, webhook } from '../testing/whatsapp-webhooks.ts'

let server: TestServer
let whatsapp: WhatsappDouble
let integrator: CustomDouble
let owner: GivenMember
let workspaceId: number

beforeAll(async () => {
  whatsapp = await startWhatsappDouble()
  integrator = await startCustomDouble()
  server = await startTestServer({ config: { whatsappApi: whatsapp.url }, work: false })
})
beforeEach(async () => {
  ;({ owner, id: workspaceId } = await givenWorkspace(server))
})
afterAll(async () => {
  await server.close()
  await whatsapp.close()
  await integrator.close()
})

const events = async () =>
  server.deps.db.selectFrom('inbound_event').selectAll().where('workspace_id', '=', workspaceId).orderBy('id').execute()
const rings = async () => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pgboss.job
    where name = 'ingest-channel' and data ->> 'workspaceId' = ${String(workspaceId)}`.execute(server.deps.db)
  return rows[0]!.n
}
const hello = (id = 'wamid.1') => webhook({ messages: [message('text', { body: 'Hola ñ 👍' }, { id })] })

describe('WhatsApp’s webhook', () => {
  let given: GivenChannel
  beforeEach(async () => {
    given = await givenWhatsapp(server, owner, whatsapp)
  })

  test('the handshake echoes its challenge as plain text, for the exact token only', async () => {
    const right = await whatsapp.shakeHands(given.webhookUrl, given.channel.setup.verifyToken!, '<script>1</script>')
    expect(right.status).toBe(200)
    expect(right.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(right.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await right.text()).toBe('<script>1</script>')
    expect((await whatsapp.shakeHands(given.webhookUrl, 'wrong', 'x')).status).toBe(403)
    expect((await fetch(given.webhookUrl)).status).toBe(403)
    expect(await events()).toEqual([])
  })

  test('a signed call is stored as it came, answered at once, and rings', async () => {
    const body = Buffer.from(`${JSON.stringify(hello()).replace('ñ', '\\u00f1')} \n`)
    const answer = await whatsapp.call(given.webhookUrl, body)
    expect(answer.status).toBe(200)
    const [event] = await events()
    expect(event).toMatchObject({ channel_id: given.channel.id, state: 0 })
    expect(event!.body.equals(body)).toBe(true)
    expect(JSON.stringify(event!.headers)).not.toContain('sha256')
    await waitFor('a ring', async () => (await rings()) === 1)
  })

  test('a forged call changes nothing', async () => {
    const body = Buffer.from(JSON.stringify(hello()))
    const forgeries: Record<string, string>[] = [
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': 'sha256=' },
      { 'x-hub-signature-256': signature('not the secret', body) },
      { 'x-hub-signature-256': signature(whatsapp.settings.appSecret, 'another body') },
      { 'x-hub-signature-256': signature('', body) },
      { 'x-hub-signature-256': signature(whatsapp.settings.appSecret, body).replace('sha256', 'sha1') },
    ]
    for (const headers of forgeries) expect((await whatsapp.call(given.webhookUrl, body, headers)).status).toBe(401)
    const unsigned = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    expect((await fetch(given.webhookUrl, unsigned)).status).toBe(401)
    expect(await events()).toEqual([])
    expect(await rings()).toBe(0)
  })

  test('each call three times, shuffled, is stored once', async () => {
    const payloads = Array.from({ length: 12 }, (_, at) => hello(`wamid.${at}`))
    // 5 and 36 share no factor, so every call is made once, far from its repetitions
    const calls = Array.from({ length: 36 }, (_, at) => payloads[((at * 5) % 36) % 12]!)
    const answers = await Promise.all(calls.map((payload) => whatsapp.call(given.webhookUrl, payload)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await events()).toHaveLength(12)
  })

  test('the same call fifty times at once is stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => whatsapp.call(given.webhookUrl, hello())))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await events()).toHaveLength(1)
  })

  test('a call that was captured for one channel is nothing at another’s address', async () => {
    const other = await startWhatsappDouble()
    const second = await givenWhatsapp(server, owner, other, { phoneNumberId: '222222222' })
    expect((await whatsapp.call(second.webhookUrl, hello())).status).toBe(401)
    expect(await events()).toEqual([])
    await other.close()
  })

  test('numbers of one app share its address: each line gets its own, a stranger’s number is nobody’s', async () => {
    const second = await givenWhatsapp(server, owner, whatsapp, { phoneNumberId: '333333333' })
    await whatsapp.call(
      given.webhookUrl,
      webhook({ messages: [message('text', { body: 'x' })] }, { phoneNumberId: '333333333' }),
    )
    expect(await events()).toMatchObject([{ channel_id: second.channel.id }])
    const answer = await whatsapp.call(given.webhookUrl, webhook({ messages: [] }, { phoneNumberId: '444444444' }))
    expect(answer.status).toBe(200)
    expect(await events()).toHaveLength(1)
  })

  test('what is no plain JSON of a sensible size is refused before it is believed', async () => {
    const body = Buffer.from(JSON.stringify(hello()))
    expect((await whatsapp.call(given.webhookUrl, body, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await whatsapp.call(given.webhookUrl, body, { 'content-type': 'application/jsonx' })).status).toBe(415)
    expect((await whatsapp.call(given.webhookUrl, gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(415)
    expect((await whatsapp.call(given.webhookUrl, Buffer.alloc(3 * 1024 * 1024 + 1, 32))).status).toBe(413)
    expect(await events()).toEqual([])
  })

  test('there is nothing at addresses that name no line', async () => {
    for (const path of [
      '/webhooks/whatsapp/nothing',
      `/webhooks/whatsapp/${'x'.repeat(22)}`,
      `/webhooks/custom/${given.channel.id}`,
      '/webhooks/email/x',
      '/webhooks/%2e%2e/x',
      '/webhooks',
    ])
      expect((await whatsapp.call(`${server.url}${path}`, hello())).status).toBe(404)
    const wrongKind = given.webhookUrl.replace('/whatsapp/', '/custom/')
    expect((await whatsapp.call(wrongKind, hello())).status).toBe(404)
  })

  test('a paused line sends its provider away, and takes what comes again once it goes on', async () => {
    const { id: channelId } = given.channel
    expect((await whatsapp.call(given.webhookUrl, hello('wamid.before'))).status).toBe(200)
    await owner.client.channels.pause({ channelId })
    await waitFor('404', async () => (await whatsapp.call(given.webhookUrl, hello('wamid.during'))).status === 404)
    await owner.client.channels.resume({ channelId })
    await waitFor('200', async () => (await whatsapp.call(given.webhookUrl, hello('wamid.after'))).status === 200)
    expect(await events()).toHaveLength(2)
    await owner.client.channels.remove({ channelId })
    await waitFor('404', async () => (await whatsapp.call(given.webhookUrl, hello('wamid.late'))).status === 404)
  })

  test('trouble with the database is a 503, so that the provider comes again', async () => {
    await whatsapp.call(given.webhookUrl, hello('wamid.first'))
    await sql`alter table inbound_event rename to inbound_event_away`.execute(server.deps.db)
    const answer = await whatsapp.call(given.webhookUrl, hello('wamid.second'))
    await sql`alter table inbound_event_away rename to inbound_event`.execute(server.deps.db)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).not.toBeNull()
    expect(await answer.text()).not.toMatch(/inbound_event|relation|sql/i)
    expect((await whatsapp.call(given.webhookUrl, hello('wamid.second'))).status).toBe(200)
    expect(await events()).toHaveLength(2)
  })
})

describe('the custom channel’s webhook', () => {
  let given: GivenChannel
  beforeEach(async () => {
    given = await givenCustom(server, owner, integrator)
  })
  const call = (more: Record<string, unknown> = {}) => ({
    channelId: given.channel.setup.channelId,
    contactId: '+60177872890',
    events: [{ type: 'message', mId: 'm-1', timestamp: 1_600_000_000_000, message: { type: 'text', text: 'hello' } }],
    ...more,
  })

  test.each(['/custom/channel/webhook', '/custom/channel/webhook/', '/custom/webhook', '/custom/webhook/'])(
    'takes events at %s with an object for an answer',
    async (path) => {
      const answer = await integrator.call(server.url + path, call())
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({ status: 'ok' })
      expect(await events()).toMatchObject([{ channel_id: given.channel.id }])
    },
  )

  test('and at an address of the channel’s own', async () => {
    expect(
      (await integrator.call(`${server.url}/webhooks/custom/${given.channel.setup.channelId}`, call())).status,
    ).toBe(200)
    expect(await events()).toHaveLength(1)
  })

  test('a wrong token changes nothing and says nothing', async () => {
    const token = given.channel.setup.apiToken!
    const tokens = [
      null,
      '',
      'x',
      `${token}x`,
      token.slice(0, -1),
      `${given.channel.setup.channelId}.wrong`,
      '.',
      'a.b.c',
    ]
    for (const wrong of tokens) {
      const answer = await integrator.call(given.webhookUrl, call(), wrong)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toHaveProperty('error.message')
    }
    const two = await fetch(given.webhookUrl, {
      method: 'POST',
      headers: [
        ['content-type', 'application/json'],
        ['authorization', `Bearer ${token}`],
        ['authorization', 'Bearer other'],
      ],
      body: JSON.stringify(call()),
    })
    expect(two.status).toBe(401)
    expect(await events()).toEqual([])
  })

  test('the token of one channel does not speak for another', async () => {
    const token = integrator.token
    const second = await givenCustom(server, owner, integrator)
    const answer = await integrator.call(given.webhookUrl, call({ channelId: second.channel.setup.channelId }), token)
    expect(answer.status).toBe(400)
    expect(await events()).toEqual([])
  })

  test.each([
    ['no JSON', 'hello', /not JSON/],
    ['a list', [], /body/],
    ['no contact', { contactId: undefined }, /contactId/],
    ['a contact that is an object', { contactId: { $ne: null } }, /contactId/],
    ['a channel that is a list', { channelId: ['x'] }, /channelId/],
    ['no events', { events: [] }, /events/],
    ['events that are none', { events: 'x' }, /events/],
  ])('an envelope with %s is refused with a sentence', async (_name, given, words) => {
    const body = typeof given === 'string' || Array.isArray(given) ? given : call(given)
    const answer = await integrator.call(`${server.url}/custom/channel/webhook`, body)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: { message: string } }).error.message).toMatch(words)
    expect(await events()).toEqual([])
  })

  test('keys that could reach a prototype reach nothing', async () => {
    const body = JSON.stringify(call()).replace(
      '{',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
    )
    expect((await integrator.call(given.webhookUrl, body)).status).toBe(200)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('a body beyond a quarter of a megabyte is not read', async () => {
    expect((await integrator.call(given.webhookUrl, call({ padding: 'x'.repeat(256 * 1024) }))).status).toBe(413)
    expect(await events()).toEqual([])
  })
})

test('a burst rings its channel a few times, not once for each', async () => {
  const given = await givenWhatsapp(server, owner, whatsapp)
  await Promise.all(Array.from({ length: 40 }, (_, at) => whatsapp.call(given.webhookUrl, hello(`wamid.burst.${at}`))))
  await waitFor('a ring', async () => (await rings()) > 0)
  expect(await events()).toHaveLength(40)
  expect(await rings()).toBe(1)
})
