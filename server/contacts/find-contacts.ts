import { sql, type RawBuilder } from 'kysely'
import type { Actor, Reader } from '../http/endpoint.ts'
import { compileFilter } from './filter/compile-filter.ts'
import type { Plan } from './filter/filter-plan.ts'
import { leavesOf, searchLeaf, type Leaf } from './filter/leaves.ts'
import { walksOf, type Sorting, type Walk } from './filter/walks.ts'
import { matchesSearch } from './match-search.ts'
import { visibleContacts } from './visible-contacts.ts'

/** Where a list goes on: the stretch, and the value and number of the last contact seen in it. */
export interface Place {
  readonly walk: number
  readonly value: string | null
  readonly id: number
}

interface Wanted extends Sorting {
  readonly plan: Plan
  readonly q: string
  readonly limit: number
  readonly place: Place | null
}

export interface Found {
  readonly ids: number[]
  /** Where to go on; null where the list ends. */
  readonly next: Place | null
  /** Time was up before the page was full. */
  readonly isPartial: boolean
}

const shortWalk = 1000
const longWalk = 20_000
/** Matches as rare as this are read by number rather than met on the way. */
const fewIds = 20_000
const mostMs = 1000

/**
 * The next contacts of a list, by whichever way is cheap: some steps along the sort index; else all whom the narrowest
 * condition leaves, if they are few; else further along the index until the page is full or a second has passed. Each step
 * is one bounded query, so that no filter can make anybody wait long. See decision 9.
 */
export async function findContacts(db: Reader, actor: Actor, wanted: Wanted): Promise<Found> {
  const { plan, q, limit } = wanted
  const { workspaceId } = actor
  const until = performance.now() + mostMs
  const walks = await walksOf(db, workspaceId, wanted, plan)
  const condition = sql<boolean>`${visibleContacts(actor)} and c.workspace_id = ${workspaceId} and s.live
    and c.root_id is null and c.blocked_at is null and ${matchesSearch(q)} and ${compileFilter(plan)}`
  const leaves = [...searchLeaf(q, workspaceId), ...leavesOf(plan, workspaceId)]
  const isNarrowed = q.trim() !== '' || !isEveryone(plan)
  const found: Hit[] = []
  let place = wanted.place ?? { walk: 0, value: null, id: 0 }
  let steps = 0
  let looked = false
  while (place.walk < walks.length && found.length <= limit) {
    const missing = limit + 1 - found.length
    const walk = walks[place.walk]!
    if (walk.isEmpty === true) {
      place = { walk: place.walk + 1, value: null, id: 0 }
      continue
    }
    const likely = steps === 0 || (found.length > 0 && (missing / found.length) * steps * shortWalk <= longWalk)
    if (isNarrowed && !likely && !looked && leaves.length > 0) {
      looked = true
      const ids = await narrowest(db, leaves)
      if (ids !== null) {
        found.push(...(await readByNumber(db, workspaceId, walks, place, ids, condition, missing)))
        return pageOf(found, limit)
      }
    }
    if (performance.now() > until) return { ids: found.map(({ id }) => id), next: place, isPartial: true }
    const size = !isNarrowed ? missing : steps === 0 ? shortWalk : longWalk
    const step = await stepAlong(db, workspaceId, walk, place, size, condition, missing)
    found.push(...step.hits.map((hit) => ({ ...hit, walk: place.walk })))
    place = step.end === null ? { walk: place.walk + 1, value: null, id: 0 } : { ...step.end, walk: place.walk }
    steps += size / shortWalk
  }
  return pageOf(found, limit)
}

interface Hit {
  readonly walk: number
  readonly value: string
  readonly id: number
}

function pageOf(found: readonly Hit[], limit: number): Found {
  const shown = found.slice(0, limit)
  return { ids: shown.map(({ id }) => id), next: found.length > limit ? shown.at(-1)! : null, isPartial: false }
}

const isEveryone = (plan: Plan): boolean => 'all' in plan && plan.all.every(isEveryone)

function after({ value: column, id: idColumn, type, isDescending }: Walk, { value, id }: Place): RawBuilder<boolean> {
  if (value === null) return sql`true`
  if (column === null) return sql`${idColumn} > ${id}::bigint`
  const last = sql`(${value}::text::${type}, ${id}::bigint)`
  return isDescending ? sql`(${column}, ${idColumn}) < ${last}` : sql`(${column}, ${idColumn}) > ${last}`
}

const written = ({ value }: Walk) => (value === null ? sql`''::text` : sql`${value}::text`)

const sorted = ({ value, id, isDescending }: Walk): RawBuilder<unknown> =>
  value === null ? id : isDescending ? sql`${value} desc, ${id} desc` : sql`${value}, ${id}`

/** Reads `size` rows along an index and keeps whom the condition leaves; `end` is the last row read, null at the very end. */
async function stepAlong(
  db: Reader,
  workspaceId: number,
  walk: Walk,
  place: Place,
  size: number,
  condition: RawBuilder<boolean>,
  missing: number,
): Promise<{ hits: { id: number; value: string }[]; end: { id: number; value: string } | null }> {
  const { rows } = await sql<{ id: number; value: string; place: number; is_end: boolean }>`
    with walked as materialized (
      select id, value, row_number() over () as place from (
        select ${walk.id} as id, ${written(walk)} as value from ${walk.from}
        where ${walk.here} and ${after(walk, place)} order by ${sorted(walk)} limit ${size}
      ) along
    ), found as (
      select w.id, w.value, w.place from walked w
      join contact c on c.workspace_id = ${workspaceId} and c.id = w.id
      join contact_state s on s.workspace_id = ${workspaceId} and s.contact_id = w.id
      where ${condition} order by w.place limit ${missing}
    )
    select id, value, place::integer, false as is_end from found
    union all select id, value, place::integer, true from walked where place = ${size}
    order by place`.execute(db)
  const end = rows.find((row) => row.is_end)
  return { hits: rows.filter((row) => !row.is_end), end: end ?? null }
}

/** The smallest of some leaves; null where none is small. */
async function narrowest(db: Reader, leaves: readonly Leaf[]): Promise<Leaf | null> {
  const counts = leaves.map(
    (leaf) => sql`(select count(*)::integer from (select from (${leaf}) leaf limit ${fewIds + 1}) few)`,
  )
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db)
  const sizes = rows[0]?.counts ?? []
  const least = Math.min(...sizes)
  const smallest = leaves[sizes.indexOf(least)]
  return smallest !== undefined && least <= fewIds ? smallest : null
}

/** The contacts of a leaf whom the condition leaves, in the order of the list. */
async function readByNumber(
  db: Reader,
  workspaceId: number,
  walks: readonly Walk[],
  place: Place,
  leaf: Leaf,
  condition: RawBuilder<boolean>,
  missing: number,
): Promise<Hit[]> {
  const hits: Hit[] = []
  for (let at = place.walk; at < walks.length && hits.length < missing; at++) {
    const walk = walks[at]!
    if (walk.isEmpty === true) continue
    const value =
      walk.table === 'v'
        ? sql`join ${walk.from} on v.workspace_id = ${workspaceId} and v.contact_id = ids.contact_id`
        : sql``
    const { rows } = await sql<{ id: number; value: string }>`
      with ids as materialized (select distinct contact_id from (${leaf}) leaf)
      select ${walk.id} as id, ${written(walk)} as value from ids
      join contact c on c.workspace_id = ${workspaceId} and c.id = ids.contact_id
      join contact_state s on s.workspace_id = ${workspaceId} and s.contact_id = ids.contact_id
      ${value}
      where ${condition} and ${walk.here} and ${at === place.walk ? after(walk, place) : sql`true`}
      order by ${sorted(walk)} limit ${missing - hits.length}`.execute(db)
    hits.push(...rows.map((row) => ({ ...row, walk: at })))
  }
  return hits
}
