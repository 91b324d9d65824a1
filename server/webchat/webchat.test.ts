import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChannelDetails } from '#contract/channels.ts'
import { openLine } from '../channels/open-line.ts'
import { makeToken } from '../channels/webchat/visitor-token.ts'
import { runJob } from '../bulk/run-job.ts'
import { onlyContact, openShop, words, type LineShop } from '../conversations/testing.ts'
import { deletion } from '../deletion/deletion.ts'
import { exporting } from '../exports/export-contacts.ts'
import { givenWebchat } from '../testing/given-channel.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { openVisitor, signIdentity, type TestVisitor } from '../testing/webchat-visitor.ts'

const site = 'https://tienda.example'
const page = { url: `${site}/mesas`, title: 'Mesas de nogal' }

let server: TestServer
let shop: LineShop
let channel: ChannelDetails
let visitor: TestVisitor

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  const workspace = await givenWorkspace(server)
  channel = await givenWebchat(workspace.owner, site)
  shop = openShop(server, workspace, channel.id)
  visitor = open()
})
afterAll(() => server.close())

const open = (origin = site, id = channel.setup.channelId!) => openVisitor(server.url, id, origin)
const count = async (table: string) => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(table)} where workspace_id = ${shop.id}`.execute(server.deps.db)
  return rows[0]!.n
}
const answer = async (contactId: number, text: string) => {
  const { id } = await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text } })
  await shop.deliver(contactId)
  return id
}
const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url')
/** How many transactions the database has seen meanwhile. */
async function commits(act: () => Promise<void>): Promise<number> {
  const look = async () => {
    const { rows } = await sql<{ n: number }>`
      select xact_commit::int as n from pg_stat_database where datname = current_database()`.execute(server.deps.db)
    return rows[0]!.n
  }
  const before = await look()
  await act()
  // a connection tells of what it did a second later
  await waitFor('the count to rest', async () => {
    const one = await look()
    await rest(1500)
    return (await look()) - one < 20
  })
  return (await look()) - before
}
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

describe('a site', () => {
  test('that is not the channel’s own gets nothing, and neither does one that does not say what it is', async () => {
    const others = [
      'https://tienda.example.evil.test',
      'http://tienda.example',
      'https://www.tienda.example',
      'null',
      '',
    ]
    for (const origin of others) {
      const other = open(origin)
      for (const path of ['session', 'messages', 'stream', 'earlier', 'receipts', 'end']) {
        const refused = await other.call(path)
        expect([path, refused.status]).toEqual([path, 403])
        expect(refused.headers.get('access-control-allow-origin')).toBeNull()
      }
    }
    const silent = await fetch(`${server.url}/webchat/${channel.setup.channelId}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(silent.status).toBe(403)
    expect(await count('inbound_event')).toBe(0)
  })

  test('is told by its browser beforehand whether it may ask', async () => {
    const ask = (origin: string) =>
      fetch(`${server.url}/webchat/${channel.setup.channelId}/messages`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    const allowed = await ask(site)
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('access-control-allow-origin')).toBe(site)
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
    expect((await ask('https://evil.test')).status).toBe(403)
  })

  test('has no chat where the channel is paused, gone or never was', async () => {
    for (const id of ['x', 'x'.repeat(22), '../../x']) expect((await open(site, id).call('session')).status).toBe(404)
    await shop.owner.client.channels.pause({ channelId: channel.id })
    await waitFor('404', async () => (await visitor.call('session')).status === 404)
    await shop.owner.client.channels.resume({ channelId: channel.id })
    await waitFor('200', async () => (await visitor.call('session')).status === 200)
    await shop.owner.client.channels.remove({ channelId: channel.id })
    await waitFor('404', async () => (await visitor.call('session')).status === 404)
  })

  test('is named by its origin only: every other spelling is refused with the right one', async () => {
    const connect = (origins: string[]) =>
      shop.owner.client.channels.connect({
        name: 'x',
        settings: { kind: 'webchat', origins, title: 'x', color: '#000000' },
      })
    for (const wrong of [
      'tienda.example',
      `${site}/`,
      `${site}/mesas`,
      'https://TIENDA.example',
      'ftp://x',
      'null',
      '*',
    ])
      await expect(connect([site, wrong])).rejects.toMatchObject({
        data: { fields: [{ path: 'settings.origins.1', reason: 'format' }] },
      })
    await expect(connect([])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('a visitor', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  const sendFile = (content: Buffer, said: object = {}, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/webchat/${channel.setup.channelId}/files`, {
      method: 'POST',
      headers: {
        origin: site,
        authorization: `Bearer ${visitor.token}`,
        'content-type': 'application/octet-stream',
        'x-ficha-file': encodeURIComponent(
          JSON.stringify({
            id: randomUUID(),
            name: 'mesa ñ.png',
            type: 'image/png',
            language: 'es',
            page: null,
            ...said,
          }),
        ),
        ...headers,
      },
      body: new Uint8Array(content),
    })

  test('sends a picture, once however often it is sent, and sees it; what its bytes are counts', async () => {
    await visitor.begin()
    const id = randomUUID()
    for (let time = 0; time < 2; time++) expect((await sendFile(png, { id, type: 'text/html' })).status).toBe(202)
    await shop.ingest()
    const { items } = await shop.owner.client.conversations.list({ view: 'all' })
    const messages = await shop.messages(items[0]!.contactId)
    expect(messages).toMatchObject([
      { attachments: [{ name: 'mesa ñ.png', type: 'image/png', kind: 'image', state: 'stored', size: png.length }] },
    ])
    const session = await visitor.begin()
    expect(session.messages).toMatchObject([{ clientId: id, from: 'visitor', files: [{ kind: 'image' }] }])
  })

  test('sends nothing that runs, nothing empty or too large, nothing without a token, and not too much', async () => {
    await visitor.begin()
    const html = Buffer.from('<html><script>alert(1)</script></html>')
    for (const [content, said] of [
      [html, { name: 'a.html', type: 'text/html' }],
      [Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0]), { name: 'a.exe', type: 'image/png' }],
      [Buffer.alloc(0), {}],
      [png, { id: 'not one' }],
    ] as const)
      expect((await sendFile(content, said)).status).toBe(400)
    expect((await sendFile(Buffer.alloc(8 * 1024 * 1024 + 1))).status).toBe(413)
    expect((await sendFile(png, {}, { authorization: 'Bearer x.y' })).status).toBe(401)
    expect((await sendFile(png, {}, { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await sendFile(png, {}, { 'content-type': 'image/png' })).status).toBe(415)
    await shop.ingest()
    expect((await shop.owner.client.conversations.list({ view: 'all' })).items).toEqual([])
    const answers: number[] = []
    for (let time = 0; time < 8; time++) answers.push((await sendFile(png)).status)
    expect(answers).toContain(429)
  })

  test('sends no file once the channel has taken six hundred within the hour, whoever sent them', async () => {
    await sql`
      insert into auth.throttle (key, attempts, resets_at)
      values (${hashOf(`webchat file 3600 ${channel.setup.channelId} line`)}, 600, now() + interval '1 hour')`.execute(
      server.deps.db,
    )
    await visitor.begin()
    const refused = await sendFile(png)
    expect([refused.status, Number(refused.headers.get('retry-after')) > 3000]).toEqual([429, true])
    // words take no room
    await visitor.say('hola')
  })

  test('who has written sees what was said while the channel is paused, and writes when it goes on', async () => {
    await visitor.begin()
    await visitor.say('hola')
    await shop.ingest()
    await shop.owner.client.channels.pause({ channelId: channel.id })
    const session = await waitFor('the pause', async () => {
      const begun = await visitor.begin()
      return begun.isPaused ? begun : null
    })
    expect(session.messages.map(({ text }) => text)).toEqual(['hola'])
    const refused = await visitor.call('messages', { id: randomUUID(), text: 'sigo', language: 'es', page: null })
    expect([refused.status, ((await refused.json()) as { data: object }).data]).toEqual([
      409,
      { reason: 'channel-paused' },
    ])
    expect((await sendFile(png)).status).toBe(409)
    await shop.owner.client.channels.resume({ channelId: channel.id })
    await waitFor('it goes on', async () => !(await visitor.begin()).isPaused)
    await visitor.say('sigo')
  })

  test('is nobody before they write; then a contact with their language and the page', async () => {
    const session = await visitor.begin()
    expect(session).toMatchObject({ title: 'Mesas y sillas', isIdentified: false, messages: [], hasMore: false })
    expect([await count('contact'), await count('inbound_event')]).toEqual([0, 0])
    await visitor.say('¿Tienen mesas de nogal?', { page })
    await shop.ingest()
    const contactId = await onlyContact(shop)
    const contact = await shop.owner.client.contacts.get({ contactId })
    expect(contact).toMatchObject({
      displayName: expect.stringMatching(/^Visitante [0-9A-F]{4}$/),
      fields: { language: { value: 'es-ES', source: 'channel' } },
      channels: [{ kind: 'webchat', page }],
    })
    expect(await shop.messages(contactId)).toMatchObject([{ body: { text: '¿Tienen mesas de nogal?' }, page }])
  })

  test('is answered live, and what was delivered and read is seen', async () => {
    await visitor.begin()
    const clientId = await visitor.say('hola')
    const { heard, stop } = await visitor.hear()
    await shop.ingest()
    await waitFor('their own message', () => heard.length === 1)
    expect(heard[0]).toMatchObject({ from: 'visitor', clientId, text: 'hola' })
    const contactId = await onlyContact(shop)
    await shop.owner.client.conversations.addNote({ contactId, text: 'no le fíes' })
    await shop.owner.client.conversations.send({ contactId, body: { type: 'text', text: 'todavía no' } })
    await shop.deliver(contactId)
    await waitFor('the answer', () => heard.length === 2)
    expect(heard[1]).toMatchObject({ from: 'site', clientId: null, text: 'todavía no' })
    const id = heard[1]!.id
    for (const status of ['delivered', 'read', 'delivered'] as const) {
      expect((await visitor.call('receipts', { status, ids: [id] })).status).toBe(202)
      await shop.ingest()
    }
    expect((await shop.messages(contactId)).find((message) => message.id === id)).toMatchObject({ status: 'read' })
    stop()
    expect(JSON.stringify(heard)).not.toContain('no le fíes')
  })

  test('finds everything again after a reload and a cut line: nothing is missed, nothing comes twice', async () => {
    await visitor.begin()
    await visitor.say('uno')
    await shop.ingest()
    const contactId = await onlyContact(shop)
    await answer(contactId, 'dos')
    const again = await visitor.begin()
    expect(again.messages.map(({ text }) => text)).toEqual(['uno', 'dos'])
    await answer(contactId, 'tres')
    const { heard, stop } = await visitor.hear(again.messages.at(-1)!.id)
    await waitFor('what was missed', () => heard.length > 0)
    await answer(contactId, 'cuatro')
    await waitFor('what came then', () => heard.length > 1)
    expect(heard.map(({ text }) => text)).toEqual(['tres', 'cuatro'])
    stop()
  })

  test('may send a message fifty times at once: it is one, and in its order', async () => {
    await visitor.begin()
    const id = await visitor.say('uno')
    await visitor.say('dos')
    const body = { id, text: 'uno', language: 'es-ES', page }
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.call('messages', body)))
    expect(answers.every(({ status }) => status === 202)).toBe(true)
    await shop.ingest()
    expect(words(await shop.messages(await onlyContact(shop)))).toEqual(['uno', 'dos'])
  })

  test('sees what was exchanged with them and nothing else: not another’s, not another channel’s', async () => {
    await visitor.begin()
    await visitor.say('soy la primera')
    const other = open()
    await other.begin()
    await other.say('soy el segundo')
    await shop.ingest()
    const mine = async (one: TestVisitor) => (await one.begin()).messages.map(({ text }) => text)
    expect([await mine(visitor), await mine(other)]).toEqual([['soy la primera'], ['soy el segundo']])
    const { items } = await shop.owner.client.conversations.list({ view: 'all' })
    const [second, first] = items.map(({ contactId }) => contactId)
    const theirs = await answer(first!, 'para la primera')
    // a receipt for what is another's changes nothing
    await other.call('receipts', { status: 'read', ids: [theirs] })
    await shop.ingest()
    expect((await shop.messages(first!)).at(-1)).toMatchObject({ status: 'sent' })
    // one person now, with two ways to write: each shows its own
    await shop.owner.client.merging.merge({ contactIds: [first!, second!], survivorId: first! })
    expect(await mine(other)).toEqual(['soy el segundo'])
    const { heard, stop } = await other.hear()
    await answer(first!, 'a la última que escribió')
    await waitFor('a look', () => heard.length > 0)
    expect(heard.map(({ text }) => text)).not.toContain('para la primera')
    stop()
  })

  test.each([
    ['none', ''],
    ['an empty one', 'Bearer '],
    ['an object', 'Bearer [object Object]'],
    ['words', 'Bearer null'],
    ['three parts', 'Bearer a.b.c'],
    ['a very long one', `Bearer ${'a'.repeat(5000)}.${'b'.repeat(43)}`],
    ['another scheme', 'Basic eDp5'],
  ])('with a token that is %s is nobody', async (_name, authorization) => {
    await visitor.begin()
    await visitor.say('hola')
    await shop.ingest()
    for (const path of ['messages', 'stream', 'earlier', 'receipts', 'end'])
      expect((await visitor.call(path, {}, { authorization })).status).toBe(401)
  })

  test('with a token that was given to them over thirty days ago is somebody new', async () => {
    await visitor.begin()
    await visitor.say('hola')
    await shop.ingest()
    const days = 24 * 3600 * 1000
    const { secrets } = (await openLine(server.deps, shop.id, channel.id))!.line
    const [head] = visitor.token!.split('.')
    const { a: address } = JSON.parse(Buffer.from(head!, 'base64url').toString()) as { a: string }
    const given = (ago: number) =>
      makeToken(secrets!['visitorKey']!, { address, profile: null }, new Date(Date.now() - ago * days)).token
    const ask = async (ago: number) =>
      (await visitor.call('earlier', { before: 9e15 }, { authorization: `Bearer ${given(ago)}` })).status
    expect([await ask(29), await ask(31)]).toEqual([200, 401])
    visitor.token = given(31)
    expect((await visitor.begin()).messages).toEqual([])
  })

  test('with a changed, another channel’s or an ended token is nobody; no token ever stands in an address', async () => {
    await visitor.begin()
    await visitor.say('hola')
    await shop.ingest()
    const good = visitor.token!
    const ask = (token: string) => visitor.call('earlier', { before: 9e15 }, { authorization: `Bearer ${token}` })
    expect((await ask(good)).status).toBe(200)
    const [head, tail] = good.split('.') as [string, string]
    const payload = JSON.parse(Buffer.from(head, 'base64url').toString()) as { a: string }
    const forged = Buffer.from(JSON.stringify({ ...payload, a: 'u:admin' })).toString('base64url')
    for (const bad of [`${forged}.${tail}`, `${head}.${tail.slice(1)}A`, `${head}.${'A'.repeat(43)}`, head])
      expect((await ask(bad)).status).toBe(401)
    const elsewhere = await givenWebchat(shop.owner, site)
    const stranger = open(site, elsewhere.setup.channelId!)
    await stranger.begin()
    expect((await ask(stranger.token!)).status).toBe(401)
    expect((await fetch(`${server.url}/webchat/${channel.setup.channelId}/earlier?token=${good}`)).status).toBe(404)
    expect((await visitor.call('end')).status).toBe(200)
    expect((await ask(good)).status).toBe(401)
    // whoever holds a dead one begins anew, and sees nothing
    expect((await visitor.begin()).messages).toEqual([])
    expect(server.logged.join('\n')).not.toContain(head)
  })

  test('writes too much at once and is told to wait; nothing of it is stored', async () => {
    await visitor.begin()
    const answers = []
    for (let at = 0; at < 34; at++) answers.push(await visitor.call('messages', { id: randomUUID(), text: `n ${at}` }))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBe(4)
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await count('inbound_event')).toBe(30)
  })

  test('that opens session after session leaves nothing behind and is stopped', async () => {
    const answers = await Promise.all(Array.from({ length: 130 }, () => open().call('session')))
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
    expect([await count('contact'), await count('inbound_event'), await count('webchat_end')]).toEqual([0, 0, 0])
    await sql`delete from auth.throttle`.execute(server.deps.db)
  })

  test('holds ten streams and no more; of those who have written nothing the database hears nothing', async () => {
    const silent = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const one = open()
        await one.begin()
        return one.hear()
      }),
    )
    await visitor.begin()
    const mine = await Promise.all(Array.from({ length: 10 }, () => visitor.hear()))
    const refused = await visitor.call('stream', { after: 0 })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    mine.pop()!.stop()
    const again = await waitFor('a place', () => visitor.hear().catch(() => null))

    const other = open()
    await other.begin()
    await other.say('hola')
    await shop.ingest()
    const contactId = await onlyContact(shop)
    const asked = await commits(async () => {
      for (let at = 0; at < 40; at++)
        await shop.owner.client.contacts.update({ contactId, values: { firstName: `Ana ${at}` } })
    })
    // of forty edits each is some statements; of forty times forty streams it would be thousands
    expect(asked).toBeLessThan(800)
    // and whoever writes hears it at once all the same
    await visitor.say('soy yo')
    await shop.ingest()
    await waitFor('their own message', () => again.heard.length === 1)
    for (const { stop } of [...silent, ...mine, again]) stop()
  })

  test('is counted with everybody of its network, though each call comes from another address of it', async () => {
    const proxied = await startTestServer({
      databaseUrl: server.databaseUrl,
      work: false,
      config: { trustedProxy: ['127.0.0.1'] },
    })
    const at = (address: string) => ({ 'x-forwarded-for': address })
    const call = (address: string) =>
      openVisitor(proxied.url, channel.setup.channelId!, site).call('session', {}, at(address))
    const answers = await Promise.all(Array.from({ length: 130 }, (_, n) => call(`2001:db8:7:7::${n.toString(16)}`)))
    expect(answers.filter(({ status }) => status === 429).length).toBe(10)
    expect((await call('2001:db8:7:8::1')).status).toBe(200)
    await proxied.close()
  })

  test.each([
    ['no text', { text: '' }],
    ['blanks', { text: ' \n ' }],
    ['too much', { text: 'x'.repeat(4001) }],
    ['an object for a text', { text: { $ne: null } }],
    ['an id of their own', { id: '1' }],
    ['a list', []],
    ['nothing', null],
    ['no JSON', 'hello'],
  ])('is refused %s with a sentence', async (_name, change) => {
    await visitor.begin()
    const body =
      typeof change === 'string' || Array.isArray(change) || change === null
        ? change
        : { id: randomUUID(), text: 'x', ...change }
    const refused = await visitor.call('messages', body)
    expect(refused.status).toBe(400)
    expect(await refused.text()).not.toMatch(/at .*\.ts|zod|sql/i)
    expect(await count('inbound_event')).toBe(0)
  })

  test('can bring no page but one of the web, and no words that are more than words', async () => {
    await visitor.begin()
    await visitor.say('<img src=x onerror=alert(1)>', { page: { url: 'javascript:alert(1)', title: 'x' } })
    await visitor.say('\u0000\ud800', { page: { ...page, title: '<b>x</b>'.repeat(5) }, language: '"><script>' })
    await shop.ingest()
    const contactId = await onlyContact(shop)
    const [first, second] = await shop.messages(contactId)
    expect(first).toMatchObject({ body: { text: '<img src=x onerror=alert(1)>' }, page: null })
    expect(second!.page!.title).toContain('<b>')
    expect((await shop.owner.client.contacts.get({ contactId })).fields.language.value).toBe('es-ES')
  })

  test('who is blocked sees their own words and no sign of it', async () => {
    await visitor.begin()
    await visitor.say('hola')
    await shop.ingest()
    const contactId = await onlyContact(shop)
    await shop.owner.client.blocking.block({ contactId })
    await visitor.say('¿hola?')
    await shop.ingest()
    expect((await visitor.begin()).messages.map(({ text }) => text)).toEqual(['hola', '¿hola?'])
    expect(words(await shop.messages(contactId))).toEqual(['hola'])
  })

  test('who was deleted is seen no more, and is somebody new when they write again', async () => {
    await visitor.begin()
    await visitor.say('hola')
    await shop.ingest()
    const selection = { kind: 'ids' as const, ids: [await onlyContact(shop)] }
    const { id: jobId } = await shop.owner.client.deletion.start({ selection, contacts: 1 })
    const acts = { export: exporting, delete: deletion }
    await runJob(server.deps, acts, { workspaceId: shop.id, jobId }, new AbortController().signal)
    expect((await visitor.begin()).messages).toEqual([])
    await visitor.say('otra vez')
    await shop.ingest()
    expect(words(await shop.messages(await onlyContact(shop)))).toEqual(['otra vez'])
  })
})

describe('a visitor the site vouches for', () => {
  const secret = () => channel.setup.identitySecret!
  const ana = () => ({
    sub: '42',
    name: 'Ana Pérez',
    email: 'ana@example.com',
    phone_number: '+34600000142',
    exp: inAnHour(),
  })

  test('is known by name wherever they sign in; whom nobody knew before stays apart, and that token is dead', async () => {
    await visitor.begin()
    await visitor.say('anónima')
    await shop.ingest()
    const anonymous = visitor.token!
    const session = await visitor.begin(signIdentity(secret(), ana()))
    expect(session).toMatchObject({ isIdentified: true, isSomebodyElse: true, problem: null, messages: [] })
    const dead = await visitor.call('earlier', { before: 9e15 }, { authorization: `Bearer ${anonymous}` })
    expect(dead.status).toBe(401)
    await visitor.say('soy Ana')
    await shop.ingest()
    const { items } = await shop.owner.client.conversations.list({ view: 'all' })
    const known = items.find(({ displayName }) => displayName === 'Ana Pérez')!
    expect(await shop.owner.client.contacts.get({ contactId: known.contactId })).toMatchObject({
      fields: { email: { value: 'ana@example.com' }, phone: { value: '+34600000142' } },
    })
    const elsewhere = open()
    expect((await elsewhere.begin(signIdentity(secret(), ana()))).messages.map(({ text }) => text)).toEqual(['soy Ana'])
    // the page need not say it again while the token lasts
    expect((await elsewhere.begin()).isIdentified).toBe(true)
  })

  test.each([
    ['malformed', () => 'x.y.z'],
    ['algorithm', () => signIdentity(secret(), ana(), { alg: 'none' })],
    ['algorithm', () => signIdentity(secret(), ana(), { alg: 'RS256' })],
    ['signature', () => signIdentity('another secret', ana())],
    ['signature', () => signIdentity('', ana())],
    ['expired', () => signIdentity(secret(), { ...ana(), exp: inAnHour() - 7200 })],
    ['claims', () => signIdentity(secret(), { ...ana(), exp: undefined })],
    ['claims', () => signIdentity(secret(), { ...ana(), sub: { $ne: null } })],
    ['claims', () => signIdentity(secret(), { ...ana(), sub: '' })],
  ])('is nobody where the word is not to be believed: %s', async (problem, word) => {
    expect(await visitor.begin(word())).toMatchObject({ problem, isIdentified: false, messages: [] })
  })

  test('is the only one who may write where the channel says so', async () => {
    const strict = await givenWebchat(shop.owner, site, { identifiedOnly: true })
    const guest = open(site, strict.setup.channelId!)
    expect(await guest.begin()).toMatchObject({ token: null })
    expect((await guest.call('messages', { id: randomUUID(), text: 'x' })).status).toBe(401)
    expect((await guest.begin(signIdentity(strict.setup.identitySecret!, ana()))).token).not.toBeNull()
  })

  test('has a secret that only those who manage channels see, and that signs no visitor’s token', async () => {
    const { items } = await shop.agent.client.channels.list({})
    expect(JSON.stringify(items)).not.toContain(secret())
    expect(JSON.stringify(channel)).not.toContain('visitorKey')
  })
})
