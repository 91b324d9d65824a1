import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LiveEvent } from '#contract/live.ts'
import { can } from '#contract/policy.ts'
import { givenShop, type Shop } from '../conversations/testing.ts'
import { notify } from '../db/notify.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import {
  callRest,
  callRpc,
  everyEndpoint,
  inputsNaming,
  markedRows,
  type Endpoint,
  type NamedRows,
  type RowKind,
} from '../testing/every-endpoint.ts'
import { givenRows, workableInput, workableInputs } from '../testing/given-rows.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'

let server: TestServer
let double: CustomDouble
/** Whose rows are named, and who names them from outside. */
let theirs: Shop
let ours: Shop
let theirRows: NamedRows
/** What browsers of either workspace were told. */
const told: LiveEvent[] = []

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
  theirs = await givenShop(server, double)
  ours = await givenShop(server, double)
  // numbers are counted per workspace: theirs begin where ours have none
  const kinds = [
    'contact',
    'member',
    'team',
    'invitation',
    'channel',
    'conversation',
    'contactChannel',
    'closingNote',
    'segment',
    'field',
    'stage',
    'tag',
    'merge',
    'bulkJob',
    'import',
    'workflow',
    'apiToken',
  ] as const
  for (const kind of kinds) await server.deps.numbers.next(theirs.id, kind, 2 ** 31)
  theirRows = await givenRows(server, theirs)
  for (const shop of [theirs, ours])
    server.deps.live.watch({
      workspaceId: shop.id,
      access: () => ({ memberId: 1, role: 'owner', restrictions: [], teamId: null }),
      send: (event) => void (event.type === 'ready' || told.push(event)),
      end: () => undefined,
    })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

let count = 0
/** Every row of the installation and every job of a workspace, as a sum; drawn numbers and counted attempts are no traces. */
async function traces(): Promise<Record<string, string>> {
  const { db } = server.deps
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'auth') and (schemaname, tablename) not in (('public', 'counter'), ('auth', 'throttle'))`.execute(
    db,
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ sum: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
      from ${sql.raw(name)} t`.execute(db)
    sums[name] = rows[0]!.sum
  }
  const { rows } = await sql<{ jobs: string }>`
    select count(*)::text as jobs from pgboss.job where data ? 'workspaceId' or name = 'send-mail'`.execute(db)
  return { ...sums, jobs: rows[0]!.jobs, told: String(await countTold()) }
}

/** Events come in order: once a mark of our own is heard, everything before it has been. */
async function countTold(): Promise<number> {
  const mark = { type: 'channel', channelId: 1_000_000 + ++count } as const
  await server.deps.db.transaction().execute((tx) => notify(tx, [{ workspaceId: ours.id, event: mark, seenBy: null }]))
  await waitFor('the mark', () => told.some((event) => event.type === 'channel' && event.channelId === mark.channelId))
  return told.filter((event) => event.type !== 'channel' || event.channelId < 1_000_000).length
}

/** Asked both ways, refused both ways alike; answers the status. */
async function refusedBothWays(
  endpoint: Endpoint,
  input: Readonly<Record<string, unknown>> | undefined,
  headers: Record<string, string>,
): Promise<number> {
  const [rpc, rest] = [
    await callRpc(server.url, endpoint, input, headers),
    await callRest(server.url, endpoint, input, headers),
  ]
  const said = (await rpc.json()) as { json: { code: string } }
  expect({
    endpoint: endpoint.name,
    status: rest.status,
    code: ((await rest.json()) as { code: string }).code,
  }).toEqual({
    endpoint: endpoint.name,
    status: rpc.status,
    code: said.json.code,
  })
  return rpc.status
}

describe('what is refused leaves no trace, whichever way it is asked', () => {
  test('to nobody: every endpoint behind the sign-in', async () => {
    const before = await traces()
    for (const endpoint of everyEndpoint.filter(({ action }) => action !== 'public'))
      expect([
        endpoint.name,
        await refusedBothWays(endpoint, workableInputs(theirRows, theirs)[endpoint.name], {}),
      ]).toEqual([endpoint.name, 401])
    expect(await traces()).toEqual(before)
  })

  test('to a member whose role does not allow it', async () => {
    const before = await traces()
    for (const member of [theirs.agent, theirs.manager])
      for (const endpoint of everyEndpoint) {
        const { action } = endpoint
        const role = member === theirs.agent ? 'agent' : 'manager'
        if (action === 'public' || action === 'account' || can({ role, restrictions: [] }, action)) continue
        const status = await refusedBothWays(endpoint, workableInputs(theirRows, theirs)[endpoint.name], member.headers)
        expect([endpoint.name, status]).toEqual([endpoint.name, 403])
      }
    expect(await traces()).toEqual(before)
  })
})

/** What is to be marked as read and is not there needs no mark: it is passed over, whosever it is. */
const passesOver = ({ name }: Endpoint) => name === 'notifications.markRead'

/** Endpoints that name rows, with the places where they do. */
const naming = everyEndpoint.flatMap((endpoint) => {
  // how far somebody has read is a moment, whosever message was sent in it
  const { upTo: _moment, ...input } = inputsNaming(markedRows)[endpoint.name] ?? {}
  const places = Object.entries(input).flatMap(([place, value]) => {
    const named = Object.entries(markedRows).find(
      ([, mark]) => mark === value || (Array.isArray(value) && value[0] === mark),
    )
    return named === undefined ? [] : [{ place, row: named[0] as RowKind, listed: Array.isArray(value) }]
  })
  return places.length === 0 || passesOver(endpoint) ? [] : [[endpoint.name, { endpoint, places }] as const]
})
/** What a custom channel’s only message is not: a mail, or one that failed; a file just handed in has not been imported, a workflow that waits asks nobody, and nobody has changed the field. */
const neverDone = new Map([
  ['contacts.takeBack', 409],
  ['conversations.emailHtml', 404],
  ['conversations.sendAgain', 404],
  ['conversations.settle', 404],
  ['imports.undo', 409],
  ['workflows.testRequest', 404],
])

/** What a list is narrowed to may be anything: what is not there is in no line. */
const narrowed = ({ name }: Endpoint) => ['merging.history', 'audit.list'].includes(name)

describe('a row of another workspace', () => {
  test.each(naming.filter(([, { endpoint }]) => !narrowed(endpoint)))(
    'is not there for an Owner of this one, in any place: %s',
    async (name, { endpoint, places }) => {
      const own = (await workableInput(server, ours, name))!
      const before = await traces()
      for (const { place, row, listed } of places) {
        const foreign = listed ? [theirRows[row], ...(own[place] as unknown[]).slice(1)] : theirRows[row]
        const status = await refusedBothWays(endpoint, { ...own, [place]: foreign }, ours.owner.headers)
        expect({ place, refused: [400, 404, 409].includes(status), status }).toEqual({ place, refused: true, status })
      }
      expect(await traces()).toEqual(before)
      // with rows of one’s own the same is done: it was the foreign one that was refused
      const done = await callRpc(server.url, endpoint, own, ours.owner.headers)
      expect(done.status).toBe(neverDone.get(name) ?? 200)
    },
  )

  test.each(naming.filter(([, { endpoint }]) => narrowed(endpoint)))(
    'is in no line of a list narrowed to it: %s',
    async (_name, { endpoint, places }) => {
      for (const { place, row } of places) {
        const answer = await callRpc(server.url, endpoint, { limit: 10, [place]: theirRows[row] }, ours.owner.headers)
        expect(await answer.json()).toMatchObject({ json: { items: [] } })
      }
    },
  )
})
