import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChannelSettings } from '#contract/channels.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { givenCustom, givenWhatsapp } from '../testing/given-channel.ts'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../testing/whatsapp-double.ts'
import { reportLine } from './report-line.ts'

let server: TestServer
let whatsapp: WhatsappDouble
let integrator: CustomDouble
let workspace: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }
let client: GivenMember['client']

beforeAll(async () => {
  integrator = await startCustomDouble()
  whatsapp = await startWhatsappDouble()
  server = await startTestServer({
    config: { whatsappApi: whatsapp.url, publicUrl: 'https://ficha.example' },
    work: false,
  })
})
beforeEach(async () => {
  workspace = await givenWorkspace(server)
  client = workspace.owner.client
})
afterAll(async () => {
  await server.close()
  await whatsapp.close()
  await integrator.close()
})

const audit = async () =>
  server.deps.db
    .selectFrom('audit')
    .select(['kind', 'data'])
    .where('workspace_id', '=', workspace.id)
    .orderBy('id')
    .execute()

test('a connected number tells where its provider is to call, and its own address', async () => {
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp)
  expect(channel).toMatchObject({
    kind: 'whatsapp',
    name: 'WhatsApp ventas',
    state: 'connected',
    problem: null,
    address: '+15550783881',
    settings: { kind: 'whatsapp', phoneNumberId: whatsapp.settings.phoneNumberId, accessToken: '', appSecret: '' },
    setup: { channelId: null, apiToken: null, listener: null },
  })
  expect(channel.setup.webhookUrl).toMatch(/^https:\/\/ficha\.example\/webhooks\/whatsapp\/[\w-]{22}$/)
  expect(channel.setup.verifyToken).toMatch(/^[\w-]{32}$/)
  expect(await client.channels.get({ channelId: channel.id })).toEqual(channel)
  expect((await workspace.agent.client.channels.list()).items).toEqual([
    expect.objectContaining({ id: channel.id, name: 'WhatsApp ventas', address: '+15550783881' }),
  ])
})

test('a number whose provider does not answer is connected all the same', async () => {
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp, { accessToken: 'EAABwrong' })
  expect(channel).toMatchObject({ state: 'connected', address: null })
})

test('one provider line is connected once; again after it was removed', async () => {
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp)
  const again = () => givenWhatsapp(server, workspace.owner, whatsapp)
  await expect(again()).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'line-already-connected' } })
  const other = await givenWhatsapp(server, workspace.owner, whatsapp, { phoneNumberId: '777777' })
  await expect(
    client.channels.update({
      channelId: other.channel.id,
      settings: { phoneNumberId: whatsapp.settings.phoneNumberId },
    }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'line-already-connected' } })
  await client.channels.remove({ channelId: channel.id })
  expect((await again()).channel.state).toBe('connected')
})

test('parallel connections of one line make one channel', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => givenWhatsapp(server, workspace.owner, whatsapp)),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await client.channels.list()).items).toHaveLength(1)
})

test('a custom channel has an id and a token of its own, and several may speak to one address', async () => {
  const first = await givenCustom(server, workspace.owner, integrator)
  const second = await givenCustom(server, workspace.owner, integrator, 'custom')
  expect(first.channel.setup.webhookUrl).toBe('https://ficha.example/custom/channel/webhook')
  expect(first.channel.setup.channelId).not.toBe(second.channel.setup.channelId)
  expect(first.channel.setup.apiToken).not.toBe(second.channel.setup.apiToken)
})

test('wrong settings are refused field by field', async () => {
  const fieldsOf = async (settings: object, name = 'x') => {
    const error: unknown = await client.channels.connect({ name, settings: settings as ChannelSettings }).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: 'BAD_REQUEST' })
    return (error as { data: { fields: { path: string }[] } }).data.fields.map(({ path }) => path)
  }
  expect(await fieldsOf({ ...whatsapp.settings, phoneNumberId: '+34 600', businessAccountId: '' })).toEqual([
    'settings.phoneNumberId',
    'settings.businessAccountId',
  ])
  expect(await fieldsOf({ ...whatsapp.settings, accessToken: '', appSecret: 'a b' })).toEqual([
    'settings.accessToken',
    'settings.appSecret',
  ])
  expect(await fieldsOf({ ...whatsapp.settings, accessToken: { $ne: null } })).toEqual(['settings.accessToken'])
  expect(await fieldsOf({ kind: 'custom', apiBaseUrl: 'ftp://x.example', contactIdType: 'phone' })).toEqual([
    'settings.apiBaseUrl',
  ])
  expect(await fieldsOf({ kind: 'custom', apiBaseUrl: 'https://u:p@x.example', contactIdType: 'phone' })).toEqual([
    'settings.apiBaseUrl',
  ])
  expect(await fieldsOf({ kind: 'custom', apiBaseUrl: 'https://x.example', contactIdType: 'phone' }, '  ')).toEqual([
    'name',
  ])
  expect(await fieldsOf({ kind: 'pigeon' })).toEqual(['settings.kind'])
  expect((await client.channels.list()).items).toEqual([])
})

test('an edit keeps what it does not name, and secrets sent empty', async () => {
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp)
  const { id: channelId } = channel
  const renamed = await client.channels.update({
    channelId,
    name: 'Ventas',
    settings: { accessToken: '', appSecret: '' },
  })
  expect(renamed).toMatchObject({ name: 'Ventas', setup: channel.setup, address: '+15550783881' })
  const checked = await client.channels.check({
    channelId,
    settings: { ...whatsapp.settings, accessToken: '', appSecret: '' },
  })
  expect(checked.steps[0]).toMatchObject({ step: 'phoneNumber', ok: true })
  await client.channels.update({ channelId, settings: { accessToken: 'EAABnew' } })
  const wrong = await client.channels.check({ channelId, settings: { ...whatsapp.settings, accessToken: '' } })
  expect(wrong.steps).toMatchObject([{ step: 'phoneNumber', ok: false, code: 'token-expired' }])
  await expect(client.channels.update({ channelId, settings: { phoneNumberId: 'x' } })).rejects.toMatchObject({
    data: { fields: [{ path: 'settings.phoneNumberId' }] },
  })
  await expect(client.channels.update({ channelId, settings: { kind: 'custom' } })).rejects.toMatchObject({
    data: { fields: [{ path: 'settings.kind' }] },
  })
})

test('checking asks the provider and changes nothing here', async () => {
  const before = whatsapp.requests.length
  const result = await client.channels.check({ channelId: null, settings: whatsapp.settings })
  expect(result).toMatchObject({ ok: true })
  expect(whatsapp.requests.length).toBeGreaterThan(before)
  expect((await client.channels.list()).items).toEqual([])
  await expect(
    client.channels.check({ channelId: null, settings: { ...whatsapp.settings, accessToken: '' } }),
  ).rejects.toMatchObject({
    data: { fields: [{ path: 'settings.accessToken' }] },
  })
  expect(whatsapp.violations).toEqual([])
})

test('new settings forget what was wrong with the old ones', async () => {
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp)
  const line = { workspaceId: workspace.id, channelId: channel.id }
  await reportLine(server.deps, line, { code: 'token-expired', detail: 'Session has expired (190)' })
  expect((await client.channels.list()).items).toMatchObject([
    { state: 'broken', problem: { code: 'token-expired', detail: 'Session has expired (190)' } },
  ])
  await client.channels.update({ channelId: channel.id, settings: { accessToken: whatsapp.settings.accessToken } })
  expect((await client.channels.list()).items).toMatchObject([{ state: 'connected', problem: null }])
})

test('reconnecting tries a line with what is kept of it: it is taken up again only where that works', async () => {
  const broken = async (accessToken: string, phoneNumberId: string) => {
    const change = { accessToken, phoneNumberId }
    const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp, change)
    const line = { workspaceId: workspace.id, channelId: channel.id }
    await reportLine(server.deps, line, { code: 'token-expired', detail: null })
    whatsapp.webhookUrl = channel.setup.webhookUrl
    return channel.id
  }
  const { accessToken, phoneNumberId } = whatsapp.settings
  const refused = await client.channels.reconnect({ channelId: await broken('EAABwrong', '106540352242999') })
  expect(refused).toMatchObject({ channel: { state: 'broken' }, check: { ok: false } })
  expect(refused.check.steps.at(-1)).toMatchObject({ ok: false, code: 'token-expired' })
  const channelId = await broken(accessToken, phoneNumberId)
  const taken = await client.channels.reconnect({ channelId })
  expect(taken).toMatchObject({ channel: { state: 'connected', problem: null }, check: { ok: true } })
  await client.channels.reconnect({ channelId })
  whatsapp.webhookUrl = null
  expect((await audit()).filter(({ kind }) => kind === 'channelReconnected')).toHaveLength(1)
})

test('pausing and going on may be repeated; what was removed is not there', async () => {
  const { channel } = await givenCustom(server, workspace.owner, integrator)
  const { id: channelId } = channel
  await client.channels.pause({ channelId })
  expect(await client.channels.pause({ channelId })).toMatchObject({ state: 'paused' })
  expect(await client.channels.resume({ channelId })).toMatchObject({ state: 'connected' })
  expect(await client.channels.resume({ channelId })).toMatchObject({ state: 'connected' })
  await client.channels.remove({ channelId })
  for (const act of [client.channels.get, client.channels.pause, client.channels.resume, client.channels.remove])
    await expect(act({ channelId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await audit()).map(({ kind }) => kind)).toEqual([
    'channelConnected',
    'channelPaused',
    'channelResumed',
    'channelRemoved',
  ])
})

test('only Owners manage channels, and only their own workspace’s', async () => {
  const { channel } = await givenCustom(server, workspace.owner, integrator)
  const { id: channelId } = channel
  const settings = { kind: 'custom' as const, apiBaseUrl: integrator.url, contactIdType: 'phone' as const }
  const codes = async (attempts: Promise<unknown>[]) => {
    const settled = await Promise.allSettled(attempts)
    return new Set(
      settled.map((one) => (one.status === 'fulfilled' ? 'let in' : (one.reason as { code: string }).code)),
    )
  }
  const manage = ({ channels }: GivenMember['client']) => [
    channels.get({ channelId }),
    channels.check({ channelId, settings }),
    channels.update({ channelId, name: 'x' }),
    channels.pause({ channelId }),
    channels.resume({ channelId }),
    channels.reconnect({ channelId }),
    channels.remove({ channelId }),
  ]
  for (const { client: other } of [workspace.manager, workspace.agent]) {
    const attempts = [...manage(other), other.channels.connect({ name: 'x', settings })]
    expect(await codes(attempts)).toEqual(new Set(['FORBIDDEN']))
  }
  const foreign = (await givenWorkspace(server)).owner.client
  expect(await codes([...manage(foreign), foreign.channels.templates({ channelId })])).toEqual(new Set(['NOT_FOUND']))
  expect((await client.channels.list()).items).toMatchObject([{ name: 'Puente', state: 'connected' }])
})

test('templates are those of the provider now, or as last seen when it does not answer', async () => {
  const provider = await startWhatsappDouble()
  const own = await startTestServer({ config: { whatsappApi: provider.url }, work: false })
  const { owner, agent, id } = await givenWorkspace(own)
  const { channel } = await givenWhatsapp(own, owner, provider)
  const names = async () =>
    (await agent.client.channels.templates({ channelId: channel.id })).items.map(({ name }) => name)
  const forget = () =>
    sql`update channel set progress = jsonb_set(progress, '{templatesAt}', '0') where workspace_id = ${id}`.execute(
      own.deps.db,
    )
  const body = { type: 'BODY', text: 'Hola {{1}}' }
  provider.templates = ['a', 'b', 'c'].map((name) => ({
    name,
    language: 'es',
    status: 'APPROVED',
    category: 'UTILITY',
    components: [body],
  }))
  expect(await names()).toEqual(['a', 'b', 'c'])
  provider.templates = provider.templates.slice(0, 1)
  expect(await names()).toEqual(['a', 'b', 'c'])
  await forget()
  expect(await names()).toEqual(['a'])
  provider.expireToken()
  await forget()
  expect(await names()).toEqual(['a'])
  await own.close()
  await provider.close()
})

test('secrets are sealed at rest and never come out, not in answers, audit, jobs or logs', async () => {
  const { channel } = await givenWhatsapp(server, workspace.owner, whatsapp)
  const custom = await givenCustom(server, workspace.owner, integrator)
  const { id: channelId } = channel
  const idempotent = await fetch(`${server.url}/api/channels/${channelId}`, {
    method: 'PATCH',
    headers: {
      ...workspace.owner.headers,
      'content-type': 'application/json',
      'idempotency-key': 'one-and-only',
      origin: server.url,
    },
    body: JSON.stringify({ settings: { appSecret: whatsapp.settings.appSecret } }),
  })
  expect(idempotent.status).toBe(200)
  const answers = JSON.stringify([
    await idempotent.json(),
    await client.channels.get({ channelId }),
    await client.channels.list(),
    await client.channels.check({ channelId, settings: { ...whatsapp.settings, accessToken: '' } }),
    await client.channels.pause({ channelId }),
    await client.channels.resume({ channelId }),
    await workspace.agent.client.channels.list(),
  ])
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`.execute(
    server.deps.db,
  )
  const dump: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(server.deps.db)
    dump.push(...rows.map(({ row }) => row))
  }
  const secrets = [whatsapp.settings.accessToken, whatsapp.settings.appSecret]
  const made = [channel.setup.verifyToken!, custom.channel.setup.apiToken!.split('.')[1]!]
  for (const secret of [...secrets, ...made]) {
    expect(dump.join('\n')).not.toContain(secret)
    expect(dump.join('\n')).not.toContain(Buffer.from(secret).toString('hex'))
    expect(server.logged.join('\n')).not.toContain(secret)
  }
  for (const secret of secrets) expect(answers).not.toContain(secret)
  expect(dump.join('\n')).toContain('WhatsApp ventas')
  const sealed = await server.deps.db
    .selectFrom('channel')
    .select('secrets')
    .where('workspace_id', '=', workspace.id)
    .execute()
  expect(sealed.every(({ secrets: bytes }) => bytes !== null && bytes[0] === 1)).toBe(true)
})

test('every member’s browser hears of a change', async () => {
  const heard: unknown[] = []
  const { agent } = workspace
  const stream = await agent.client.live.watch()
  const listening = (async () => {
    for await (const event of stream) heard.push(event)
  })().catch(() => undefined)
  const { channel } = await givenCustom(server, workspace.owner, integrator)
  await waitFor('an event', () => heard.length > 1)
  expect(heard).toContainEqual({ type: 'channel', channelId: channel.id })
  await stream.return?.()
  await listening
})
