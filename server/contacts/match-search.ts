import { sql, type RawBuilder } from 'kysely'
import { planSearch } from './plan-search.ts'

/** The condition on `contact_state s` that leaves the contacts a search finds. */
export function matchesSearch(text: string): RawBuilder<boolean> {
  const terms = planSearch(text)
  if (terms.length === 0) return sql`true`
  const all = (parts: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(parts, sql` and `)})`
  const any = (parts: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(parts, sql` or `)})`
  const holds = all(
    terms.map((term) => any(term.map((patterns) => all(patterns.map((pattern) => sql`f.txt like ${pattern}`))))),
  )
  return sql`exists (
    select from contact_search f
    where f.workspace_id = s.workspace_id and f.contact_id = s.contact_id and f.live and ${holds})`
}
