import * as fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenCrowd } from './testing.ts'
import { rebuildSuggestions, startRebuild } from './rebuild-suggestions.ts'
import { waitFor } from '../testing/wait-for.ts'
import { findStaleSuggestion, suggestionStories } from '../testing/suggestion-story.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ work: false })
})
afterAll(() => server.close())

test('what is suggested step by step is what comparing everybody anew suggests', async () => {
  await fc.assert(
    fc.asyncProperty(suggestionStories({ min: 10, max: 30 }), async (steps) => {
      expect(await findStaleSuggestion(server, steps)).toBeNull()
    }),
    { seed: 20_261_127, numRuns: 12, interruptAfterTimeLimit: 160_000, markInterruptAsFailure: true },
  )
})

test('an edit that falls between the reading and the writing of a rebuild keeps its keys', async () => {
  const crowd = await givenCrowd(server)
  const id = await crowd.add({ firstName: 'Rosa', phone: '+34600000142' })
  const { db } = server.deps
  await startRebuild(db, crowd.id)
  // keys of a rule that is no more
  await sql`delete from identity_key where workspace_id = ${crowd.id}`.execute(db)
  const rebuilding = Promise.withResolvers<unknown>()
  await db.transaction().execute(async (tx) => {
    await sql`select from suggestion_rebuild where workspace_id = ${crowd.id} for update`.execute(tx)
    rebuildSuggestions(server.deps, { workspaceId: crowd.id }, new AbortController().signal).then(
      rebuilding.resolve,
      rebuilding.reject,
    )
    await waitFor('the rebuild to want its row', async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%suggestion_rebuild%'`.execute(
        db,
      )
      return rows.length > 0
    })
    await crowd.owner.client.contacts.update({ contactId: id, values: { phone: '+34600000555' } })
  })
  await rebuilding.promise
  const { rows } = await sql<{ key: string }>`
    select key from identity_key where workspace_id = ${crowd.id} and contact_id = ${id}`.execute(db)
  expect(rows.map(({ key }) => key).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['l:00000555', 'p:+34600000555'])
})
