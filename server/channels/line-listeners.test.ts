import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import type { ChannelAdapter, Line, Listening } from './adapter.ts'
import { startLineListeners } from './line-listeners.ts'

let server: TestServer
let workspaceId: number
/** One entry for each time a line began to listen, with what it was given. */
let begun: { process: string; line: Line; listening: Listening; ended: boolean; crash(error: Error): void }[]
const stopping: (() => Promise<void>)[] = []

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
beforeEach(async () => {
  begun = []
  workspaceId = (await givenWorkspace(server)).id
  await server.deps.db
    .insertInto('channel')
    .values({
      workspace_id: workspaceId,
      id: 1,
      kind: 'sms',
      name: 'Line',
      settings: '{}',
      public_id: `line-${workspaceId}`,
    })
    .execute()
})
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((stop) => stop()))
  await server.deps.db
    .updateTable('channel')
    .set({ deleted_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .execute()
})
afterAll(() => server.close())

/** A process of its own, as far as listening goes. */
async function startProcess(name: string): Promise<() => Promise<void>> {
  const adapter = {
    kind: 'sms',
    secretPaths: [],
    addressedBy: 'phone',
    describe: () => ({ lineKey: null, address: null }),
    listen(line: Line, listening: Listening) {
      return new Promise<void>((resolve, reject) => {
        const entry = { process: name, line, listening, ended: false, crash: reject }
        begun.push(entry)
        listening.signal.addEventListener('abort', () => {
          entry.ended = true
          resolve()
        })
      })
    },
  } as unknown as ChannelAdapter
  const adapters: Deps['adapters'] = { kinds: ['sms'], get: (kind) => (kind === 'sms' ? adapter : undefined) }
  const listeners = await startLineListeners({ ...server.deps, adapters })
  const stop = () => listeners.stop()
  stopping.push(stop)
  return stop
}
const listening = () => begun.filter(({ ended, listening: { signal } }) => !ended && !signal.aborted)
const change = (values: object) =>
  server.deps.db
    .updateTable('channel')
    .set(values)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', 1)
    .execute()
const row = () =>
  server.deps.db
    .selectFrom('channel')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()

test('a line listens once, however many processes there are, and moves to another when its own stops', async () => {
  const stops = new Map([
    ['a', await startProcess('a')],
    ['b', await startProcess('b')],
  ])
  await waitFor('a listener', () => begun.length === 1)
  const holder = begun[0]!.process
  await stops.get(holder)!()
  await waitFor('the other', () => begun.length === 2)
  expect(begun[1]!.process).not.toBe(holder)
  expect(listening()).toHaveLength(1)
})

test('pausing ends it, going on and other settings begin it anew; a place kept in between is given back', async () => {
  await startProcess('a')
  const first = await waitFor('a listener', () => begun[0])
  await first.listening.saveProgress({ uid: 41 })
  await change({ last_in_at: new Date() })
  await change({ paused_at: new Date() })
  await waitFor('the end', () => first.ended)
  await change({ paused_at: null })
  const second = await waitFor('the next', () => begun[1])
  expect(second.line.progress).toEqual({ uid: 41 })
  await change({ settings: '{"host":"other"}' })
  await waitFor('the end', () => second.ended)
  const third = await waitFor('the next', () => begun[2])
  expect(third.line.settings).toEqual({ host: 'other' })
  await change({ deleted_at: new Date() })
  await waitFor('the end', () => third.ended)
  expect(begun).toHaveLength(3)
})

test('a listener that breaks is started again', async () => {
  await startProcess('a')
  const first = await waitFor('a listener', () => begun[0])
  first.crash(new Error('the mailbox hung up'))
  await waitFor('the next', () => begun.length === 2)
  expect(listening().map(({ process }) => process)).toContain('a')
})

test('what it received is stored before it goes on, once', async () => {
  await startProcess('a')
  const { listening: given } = await waitFor('a listener', () => begun[0])
  const event = { headers: { from: 'imap' }, body: Buffer.from('From: a@example.com') }
  await given.store({ workspaceId, channelId: 1 }, event)
  await given.store({ workspaceId, channelId: 1 }, event)
  const events = await server.deps.db
    .selectFrom('inbound_event')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .execute()
  expect(events).toMatchObject([{ channel_id: 1, headers: { from: 'imap' }, state: 0 }])
})

test('what is wrong with a line is shown until it is whole again', async () => {
  await startProcess('a')
  const { listening: given } = await waitFor('a listener', () => begun[0])
  await given.report({ code: 'sign-in-refused', detail: 'NO' })
  expect(await row()).toMatchObject({ broken: true, problem: { code: 'sign-in-refused', detail: 'NO' } })
  expect(given.signal.aborted).toBe(false)
  await given.report(null)
  expect(await row()).toMatchObject({ broken: false, problem: null })
})

test('when the connection that holds the locks is lost, the lines are let go and taken up again', async () => {
  await startProcess('a')
  const first = await waitFor('a listener', () => begun[0])
  await sql`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and pid in (select pid from pg_stat_activity where application_name = 'ficha' and datname = current_database())
      and pid <> pg_backend_pid()`.execute(server.deps.db)
  await waitFor('the end', () => first.ended)
  await waitFor('the next', () => begun.length === 2)
  expect(listening()).toHaveLength(1)
})
