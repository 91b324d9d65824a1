import diagnostics from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { can, visibilityOf, type Action } from '#contract/policy.ts'
import { runJob } from '../../bulk/run-job.ts'
import { givenShop, onlyContact, type Shop } from '../../conversations/testing.ts'
import { exporting } from '../../exports/export-contacts.ts'
import { runImport } from '../../imports/run-import.ts'
import { startCustomDouble, type CustomDouble } from '../custom-double.ts'
import { givenWebchat } from '../given-channel.ts'
import { givenUpload } from '../given-rows.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { givenCallers, type Caller } from './callers.ts'
import { sumTables } from './sum-tables.ts'

interface Call {
  readonly path: string
  readonly init?: Init
}
type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> }

/**
 * Who is served by a route that stands outside the contract:
 * - `members`: whoever the policy lets do this; a file's address tells the others nothing at all;
 * - `holders`: whoever holds a secret that has nothing to do with who is signed in; without it this is the answer;
 * - `everybody`: there is nothing to protect.
 */
type Promised =
  | {
      readonly to: 'members'
      readonly action: Action
      readonly hides: boolean
      readonly ofContact?: true
      call(): Call
    }
  | { readonly to: 'holders'; readonly refused: number; call(): Call }
  | { readonly to: 'everybody'; readonly status: number; call(): Call }

const site = 'https://muebles.example'
const running = new AbortController().signal
/** Large enough to be shown smaller. */
let photo: Buffer<ArrayBuffer>

/** Every route that a server has mounted: `GET /files/:workspace/:id`. */
const mounted = new Set<string>()
let server: TestServer
let double: CustomDouble
let shop: Shop
let callers: Caller[]
/** Addresses of what the shop has. */
let paths: { file: string; exported: string; outcome: string; webhook: string; chat: string }

beforeAll(async () => {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 }
  photo = Buffer.from(
    await sharp({ create: { width: 1400, height: 1000, channels: 3, background: 'white', noise } })
      .png()
      .toBuffer(),
  )
  double = await startCustomDouble()
  const note = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) mounted.add(`${one} ${url}`)
    })
  }
  diagnostics.subscribe('fastify.initialization', note)
  server = await startTestServer({ work: false })
  diagnostics.unsubscribe('fastify.initialization', note)
  shop = await givenShop(server, double)
  callers = await givenCallers(server, shop, await givenShop(server, double))
  paths = await givenFiles()
})
afterAll(async () => {
  await server.close()
  await double.close()
})

async function givenFiles(): Promise<typeof paths> {
  const { client } = shop.owner
  await shop.hear('+34600000142', 'hola')
  const contactId = await onlyContact(shop)
  const uploaded = await fetch(`${server.url}/files`, { ...form(photo), headers: shop.owner.headers })
  const { items } = (await uploaded.json()) as { items: { id: string; url: string }[] }
  const attachmentIds = items.map(({ id }) => id)
  await client.conversations.send({ contactId, body: { type: 'text', text: 'mira' }, attachmentIds })
  const importId = await givenUpload(server.url, shop.owner, 'name,email\nAna,ana@gmail.com\n')
  await client.imports.start({ importId, wish: { columns: ['name', 'email'] } })
  await runImport(server.deps, { workspaceId: shop.id, importId }, running)
  const { job } = await client.exports.start({
    selection: { kind: 'ids', ids: [contactId] },
    format: 'csv',
    language: 'es',
    columns: ['id'],
  })
  await runJob(server.deps, { export: exporting }, { workspaceId: shop.id, jobId: job.id }, running)
  const chat = await givenWebchat(shop.owner, site)
  const { items: lines } = await client.channels.list()
  const line = await client.channels.get({ channelId: lines.find(({ kind }) => kind === 'custom')!.id })
  return {
    file: items[0]!.url,
    exported: `/exports/${shop.id}/${job.id}`,
    outcome: `/imports/${shop.id}/${importId}/outcome`,
    webhook: new URL(line.setup.webhookUrl!).pathname,
    chat: `/webchat/${chat.setup.channelId}`,
  }
}

/** A form with one file. */
function form(content: Buffer<ArrayBuffer>): Init {
  const body = new FormData()
  body.append('file', new Blob([content]), 'fichero')
  return { method: 'POST', body }
}
const post = (body: object = {}, headers: Record<string, string> = {}): Init => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
/** What somebody makes up who was never told the secret. */
const madeUp = 'x'.repeat(43)
const everybody = (path: string | (() => string), init?: Init, status = 200): Promised => ({
  to: 'everybody',
  status,
  call: () => ({ path: typeof path === 'string' ? path : path(), ...(init === undefined ? {} : { init }) }),
})
const holders = (refused: number, path: string | (() => string), init?: Init): Promised => ({
  to: 'holders',
  refused,
  call: () => ({ path: typeof path === 'string' ? path : path(), ...(init === undefined ? {} : { init }) }),
})
const readers = (action: Action, path: () => string, more: { ofContact?: true } = {}): Promised => ({
  to: 'members',
  action,
  hides: true,
  ...more,
  call: () => ({ path: path() }),
})
const senders = (action: Action, path: string, content: () => Buffer<ArrayBuffer>): Promised => ({
  to: 'members',
  action,
  hides: false,
  call: () => ({ path, init: form(content()) }),
})
const visitors = (path: string, init = post({}, { origin: site })) => holders(401, () => `${paths.chat}/${path}`, init)
const linked = (headers: Record<string, string>): Init => ({ method: 'POST', headers, body: '' })

const promises: Readonly<Record<string, Promised>> = {
  'GET /healthz': everybody('/healthz'),
  'GET /readyz': everybody('/readyz'),
  'GET /api/openapi.json': everybody('/api/openapi.json'),

  'POST /files': senders('inbox.use', '/files', () => photo),
  'GET /files/:workspace/:id': readers('inbox.use', () => paths.file, { ofContact: true }),
  'GET /files/:workspace/:id/small': readers('inbox.use', () => `${paths.file}/small`, { ofContact: true }),
  'POST /imports': senders('contacts.import', '/imports', () => Buffer.from('name\nEva\n')),
  'GET /imports/:workspace/:id/outcome': readers('contacts.import', () => paths.outcome),
  'GET /exports/:workspace/:job': readers('contacts.export', () => paths.exported),

  'GET /webhooks/:kind/:publicId': holders(404, () => paths.webhook),
  'POST /webhooks/:kind/:publicId': holders(404, () => paths.webhook.replace('/custom/', '/whatsapp/'), post()),
  'POST /webhooks/custom/:publicId': holders(401, () => paths.webhook, post()),
  'POST /custom/channel/webhook': holders(401, '/custom/channel/webhook', post()),
  'POST /custom/channel/webhook/': holders(401, '/custom/channel/webhook/', post()),
  'POST /custom/webhook': holders(401, '/custom/webhook', post()),
  'POST /custom/webhook/': holders(401, '/custom/webhook/', post()),
  'GET /custom/channel/files/:link': holders(404, `/custom/channel/files/${madeUp}`),
  'POST /hooks/:hook': holders(404, `/hooks/${madeUp}`, post({ contactId: 1 })),
  'GET /unsubscribe/:link': holders(404, `/unsubscribe/${madeUp}`),
  'POST /unsubscribe/:link': holders(404, `/unsubscribe/${madeUp}`, linked({})),

  // whoever looks at the site may begin to write, and is nobody until they do
  'OPTIONS /webchat/:channel/*': everybody(
    () => `${paths.chat}/session`,
    { method: 'OPTIONS', headers: { origin: site } },
    204,
  ),
  'POST /webchat/:channel/session': everybody(() => `${paths.chat}/session`, post({}, { origin: site })),
  'POST /webchat/:channel/messages': visitors('messages'),
  'POST /webchat/:channel/files': visitors(
    'files',
    linked({ 'content-type': 'application/octet-stream', origin: site }),
  ),
  'POST /webchat/:channel/earlier': visitors('earlier'),
  'POST /webchat/:channel/receipts': visitors('receipts'),
  'POST /webchat/:channel/stream': visitors('stream'),
  'POST /webchat/:channel/end': visitors('end'),
}

/** The contract and sign-in have sweeps of their own; the built web has nothing to protect. */
const isSweptElsewhere = (route: string) => /^[A-Z]+ \/((rpc|api|auth)\/\*|\*?)$/.test(route)

const narrowed = ({ access }: Caller) => typeof access === 'object' && visibilityOf(access).kind !== 'all'

/** Status that a caller is promised. */
function promisedTo(promised: Promised, caller: Caller): number {
  if (promised.to === 'everybody') return promised.status
  if (promised.to === 'holders') return promised.refused
  const { access } = caller
  const may = typeof access === 'object' && can(access, promised.action)
  if (may) return promised.ofContact === true && narrowed(caller) ? 404 : 200
  if (promised.hides || access === 'of elsewhere') return 404
  return access === 'unknown' ? 401 : 403
}

async function ask({ path, init }: Call, { headers }: Caller): Promise<number> {
  const answer = await fetch(server.url + path, { ...init, headers: { ...init?.headers, ...headers } })
  await answer.body?.cancel()
  return answer.status
}

test('every route outside the contract is promised to somebody, and every promise is about a route', () => {
  const routes = [...mounted].filter((route) => !isSweptElsewhere(route) && !route.startsWith('HEAD '))
  expect(routes.toSorted()).toEqual(Object.keys(promises).toSorted())
})

describe('a route outside the contract serves whom it is promised to, and nobody else', () => {
  test.each(Object.entries(promises))('%s', async (_route, promised) => {
    const before = await sumTables(server.deps.db)
    const isServed = (caller: Caller) => promised.to === 'members' && promisedTo(promised, caller) === 200
    for (const caller of callers.filter((one) => !isServed(one)))
      expect([caller.name, await ask(promised.call(), caller)]).toEqual([caller.name, promisedTo(promised, caller)])
    expect(await sumTables(server.deps.db)).toEqual(before)
    for (const caller of callers.filter(isServed))
      expect([caller.name, await ask(promised.call(), caller)]).toEqual([caller.name, 200])
  })
})
