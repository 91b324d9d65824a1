import { sql, type RawBuilder } from 'kysely'
import { isRare, planSearch, type Pattern } from './plan-search.ts'

/** The condition on `contact_state s` that leaves the contacts a search finds. */
export function matchesSearch(text: string): RawBuilder<boolean> {
  const holds = holdsSearch(text, sql`f.txt`)
  return holds === null
    ? sql`true`
    : sql`exists (
    select from contact_search f
    where f.workspace_id = s.workspace_id and f.contact_id = s.contact_id and f.live and ${holds})`
}

/** The same of `contact c`, looked up row by row: of few rows, for whom PostgreSQL would else search among everybody first. */
export function matchesEach(text: string): RawBuilder<boolean> {
  const holds = holdsSearch(text, sql`f.txt`)
  return holds === null
    ? sql`true`
    : sql`coalesce((
    select f.live and ${holds} from contact_search f
    where f.workspace_id = c.workspace_id and f.contact_id = c.id), false)`
}

/** The condition that a text made by `searchText` holds what is looked for; null where that is nothing. */
export const holdsSearch = (text: string, column: RawBuilder<unknown>): RawBuilder<boolean> | null =>
  conditionOf(text, ({ like }) => sql`${column} like ${like}`)

/** The same of `contact_search.txt`, and perhaps of a few more, each address by the index of whole words. */
export const holdsIndexed = (text: string): RawBuilder<boolean> | null =>
  conditionOf(text, ({ like, address }) =>
    address === null ? sql`txt like ${like}` : sql`search_words(txt) @@ ${beginsWith(address)}::tsquery`,
  )

/** See `isRare`. */
export const isRareSearch = (text: string): boolean => isRare(planSearch(text))

function conditionOf(text: string, asked: (pattern: Pattern) => RawBuilder<boolean>): RawBuilder<boolean> | null {
  const terms = planSearch(text)
  const all = (parts: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(parts, sql` and `)})`
  const any = (parts: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(parts, sql` or `)})`
  return terms.length === 0 ? null : all(terms.map((term) => any(term.map((patterns) => all(patterns.map(asked))))))
}

/** As much of a word as `search_words` keeps. */
const longest = 250

const beginsWith = (word: string): string => `'${word.slice(0, longest).replace(/['\\]/g, '$&$&')}':*`
