import { sql, type RawBuilder } from 'kysely'
import { planSearch } from './plan-search.ts'

/** The condition on `contact_state s` that leaves the contacts a search finds. */
export function matchesSearch(text: string): RawBuilder<boolean> {
  const holds = holdsSearch(text, sql`f.txt`)
  return holds === null
    ? sql`true`
    : sql`exists (
    select from contact_search f
    where f.workspace_id = s.workspace_id and f.contact_id = s.contact_id and f.live and ${holds})`
}

/** The condition that a text made by `searchText` holds what is looked for; null where that is nothing. */
export function holdsSearch(text: string, column: RawBuilder<unknown>): RawBuilder<boolean> | null {
  const terms = planSearch(text)
  const all = (parts: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(parts, sql` and `)})`
  const any = (parts: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(parts, sql` or `)})`
  return terms.length === 0
    ? null
    : all(
        terms.map((term) =>
          any(term.map((patterns) => all(patterns.map((pattern) => sql`${column} like ${pattern}`)))),
        ),
      )
}
