import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { compileFilter } from '../contacts/filter/compile-filter.ts'
import { evaluateFilter } from '../contacts/filter/evaluate-filter.ts'
import { leavesOf } from '../contacts/filter/leaves.ts'
import { planFilter } from '../contacts/filter/plan-filter.ts'
import { makeTestWorkspace } from '../members/testing.ts'
import {
  anyFilter,
  asFiltered,
  fieldTypes,
  now,
  person,
  timeZones,
  writeChannels,
  writePeople,
} from './filter-story.ts'
import type { TestServer } from './test-server.ts'

const peopleEach = 20

/** In each of some workspaces with people of every kind, so many filters find the same people by SQL as by hand. Answers how many were tried. */
export async function filtersAgree(server: TestServer, workspaces: number, filtersEach: number): Promise<number> {
  let tried = 0
  const { db } = server.deps
  for (let at = 0; at < workspaces; at++) {
    const workspaceId = await makeTestWorkspace(server.deps)
    const people = fc.sample(person, { numRuns: peopleEach, seed: at })
    await writeChannels(db, workspaceId)
    await writePeople(db, workspaceId, people)
    const contacts = people.map(asFiltered)
    const filters = fc.sample(anyFilter, { numRuns: filtersEach, seed: 1000 + at })
    for (const [index, filter] of filters.entries()) {
      const timeZone = timeZones[index % timeZones.length]!
      const { plan, problems } = planFilter(filter, { timeZone, now, types: fieldTypes, tagAliases: new Map() })
      // an interval that ends before it begins
      if (problems.length > 0) continue
      tried++
      const expected = contacts.flatMap((contact, number) => (evaluateFilter(plan, contact) ? [number + 1] : []))
      const { rows } = await sql<{ id: number }>`
        select c.id from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
        where c.workspace_id = ${workspaceId} and ${compileFilter(plan)} order by c.id`.execute(db)
      expect({ filter, timeZone, found: rows.map(({ id }) => id) }).toEqual({ filter, timeZone, found: expected })
      for (const leaf of leavesOf(plan, workspaceId)) {
        const reached = await sql<{ contact_id: number }>`${leaf.query}`.execute(db)
        const among = new Set(reached.rows.map(({ contact_id }) => contact_id))
        expect({ filter, missed: expected.filter((id) => !among.has(id)) }).toEqual({ filter, missed: [] })
        const { proves } = leaf
        if (proves === null) continue
        const proven = contacts.flatMap((contact, number) => (evaluateFilter(proves, contact) ? [number + 1] : []))
        expect({ proves, reached: [...among].toSorted((a, b) => a - b) }).toEqual({ proves, reached: proven })
      }
    }
  }
  return tried
}
