import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Selection } from '#contract/filter.ts'
import type { Actor } from '../http/endpoint.ts'
import { makeTestWorkspace } from '../members/testing.ts'
import { givenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { selectedContacts } from './selection.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

test('a selection holds whom it names or whom it matches, of those that the member sees', async () => {
  const { db } = server.deps
  const workspaceId = await makeTestWorkspace(server.deps)
  const { client, memberId } = await givenMember(server, workspaceId, { role: 'manager' })
  const make = async (firstName: string, language: string) =>
    (await client.contacts.create({ values: { firstName, language } })).id
  const [ana, eva, bob] = [await make('Ana', 'es'), await make('Eva', 'es'), await make('Bob', 'en')]
  await client.conversations.assign({ contactId: eva, memberId, replaces: null })
  const manager = { workspaceId, memberId, role: 'manager', restrictions: [], teamId: null } as unknown as Actor
  const chosen = async (selection: Selection, actor = manager) => {
    const condition = await selectedContacts(db, actor, selection, new Date())
    const { rows } = await sql<{ id: number }>`select c.id from contact_state s
      join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id where ${condition} order by c.id`.execute(
      db,
    )
    return rows.map(({ id }) => id)
  }
  const filter = { and: [{ field: 'language', operator: 'isEqualTo' as const, value: 'es' }] }
  expect(await chosen({ kind: 'ids', ids: [bob, ana, 999] })).toEqual([ana, bob])
  expect(await chosen({ kind: 'matching', except: [] })).toEqual([ana, eva, bob])
  expect(await chosen({ kind: 'matching', filter, except: [ana] })).toEqual([eva])
  expect(await chosen({ kind: 'matching', q: 'bob', filter, except: [] })).toEqual([])
  const { id: segmentId } = await client.segments.create({ name: 'Hispanos', filter })
  expect(await chosen({ kind: 'matching', segmentId, except: [eva] })).toEqual([ana])
  const agent = { ...manager, role: 'agent', restrictions: ['onlyMine'] } as Actor
  expect(await chosen({ kind: 'ids', ids: [ana, eva] }, agent)).toEqual([eva])
})
