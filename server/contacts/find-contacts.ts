import { sql, type RawBuilder } from 'kysely'
import { visibilityOf } from '#contract/policy.ts'
import type { Actor, Reader } from '../http/endpoint.ts'
import { asksState, compileFilter, conditionsOf } from './filter/compile-filter.ts'
import type { Plan } from './filter/filter-plan.ts'
import { leavesOf, searchLeaf, type Leaf } from './filter/leaves.ts'
import { walksOf, type Sorting, type Walk } from './filter/walks.ts'
import { isRareSearch, matchesEach } from './match-search.ts'
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

/** Rows read along the sort index at first, and at most at once. */
const shortWalk = 1000
const longWalk = 20_000
/** Where so few rows are likely to be walked still, nothing else is looked for. */
const cheapWalk = 3000
/** How far leaves are counted; beyond that PostgreSQL's own estimate has to do. */
const countedTo = 20_000
/** More contacts than this are not read by number. */
const mostIds = 100_000
const mostMs = 1000

/**
 * The next contacts of a list, by whichever way is cheap: some steps along the sort index; else all whom the conditions' own
 * indexes leave, where those are fewer than what is likely still to be walked; else further along the index, until the page is
 * full or a second has passed. Each step is one bounded query, so that no filter can make anybody wait long. See decision 9.
 */
export async function findContacts(db: Reader, actor: Actor, wanted: Wanted): Promise<Found> {
  const { plan, q, limit } = wanted
  const { workspaceId } = actor
  const until = performance.now() + mostMs
  const walks = await walksOf(db, workspaceId, wanted, plan)
  const asked = { workspaceId, walks, judge: (proven: readonly Plan[]) => judgeOf(actor, q, plan, proven) }
  const leaves = [...searchLeaf(q, workspaceId), ...leavesOf(plan, workspaceId)]
  const isNarrowed = q.trim() !== '' || !isEveryone(plan)
  const found: Hit[] = []
  let place = wanted.place ?? { walk: 0, value: null, id: 0 }
  let walked = 0
  let guess = isRareSearch(q) ? 0 : null
  let sizes: Sizes | null = null
  let way: Way | null = null
  let looks = leaves.length === 0 ? 2 : 0
  while (place.walk < walks.length && found.length <= limit) {
    const missing = limit + 1 - found.length
    const walk = walks[place.walk]!
    if (walk.isEmpty === true) {
      place = { walk: place.walk + 1, value: null, id: 0 }
      continue
    }
    const toWalk = rowsToWalk(missing, found.length, walked, guess)
    if (way !== null && way.cost <= Math.min(mostIds, toWalk)) {
      const hits = await readByNumber(db, asked, place, way, missing)
      if (hits !== null) return pageOf([...found, ...hits], limit)
      // more than they should have been
      way = null
      guess = Math.max(guess ?? 0, largeShare)
    }
    if (looks < 2 && toWalk > cheapWalk && (way === null || way.cost > toWalk)) {
      looks++
      if (looks === 1) sizes = await countLeaves(db, workspaceId, leaves)
      else if (sizes !== null) sizes = await estimateLeaves(db, sizes)
      way = sizes === null ? { leaves, most: looks === 1 ? countedTo : mostIds, cost: 0, share: null } : bestWay(sizes)
      guess = way.share ?? guess
      continue
    }
    if (performance.now() > until) return { ids: found.map(({ id }) => id), next: place, isPartial: true }
    const size = !isNarrowed ? missing : Math.min(longWalk, Math.max(shortWalk, Math.ceil(toWalk)))
    const step = await stepAlong(db, asked, place, size, missing)
    found.push(...step.hits.map((hit) => ({ ...hit, walk: place.walk })))
    place = step.end === null ? { walk: place.walk + 1, value: null, id: 0 } : { ...step.end, walk: place.walk }
    walked += size
  }
  return pageOf(found, limit)
}

/**
 * How many rows more are likely to be walked until so many are found, and half as many again: as things went so far, and as far
 * as they have not gone far, by the share of all contacts that is guessed; null where nothing is known of it.
 */
function rowsToWalk(missing: number, found: number, walked: number, guess: number | null): number {
  if (guess === null) return walked === 0 ? shortWalk : (1.5 * missing * walked) / Math.max(found, 0.5)
  return (1.5 * missing * (walked + shortWalk)) / (found + guess * shortWalk)
}

interface Asked {
  readonly workspaceId: number
  readonly walks: readonly Walk[]
  /** Whom the list holds, of contacts of whom some of its conditions are known to hold. */
  readonly judge: (proven: readonly Plan[]) => Judge
}

/** Whom a list holds. */
interface Judge {
  /** Of `contact_state s`: what is told by that row alone, which is the smaller one. */
  readonly ofState: RawBuilder<boolean> | null
  /** Of `contact c`. */
  readonly ofContact: RawBuilder<boolean>
  /** The latter speaks of `contact_state s` too. */
  readonly readsState: boolean
  /** All that it says of `contact c` is that it is listed, which its state says as well. */
  readonly isListing: boolean
}

function judgeOf(actor: Actor, q: string, plan: Plan, proven: readonly Plan[]): Judge {
  const conditions = conditionsOf(plan).filter((one) => !proven.includes(one))
  const ofState = [
    ...(visibilityOf(actor).kind === 'all' ? [] : [visibleContacts(actor)]),
    ...conditions.filter((one) => asksState(one) === 'alone').map(compileFilter),
  ]
  const others = conditions.filter((one) => asksState(one) !== 'alone')
  return {
    ofState: ofState.length === 0 ? null : sql`(${sql.join(ofState, sql` and `)})`,
    ofContact: sql`c.workspace_id = ${actor.workspaceId} and c.root_id is null and c.blocked_at is null
      and ${matchesEach(q)} and ${compileFilter({ all: others })}`,
    readsState: others.some((one) => asksState(one) === 'too'),
    isListing: others.length === 0 && q.trim() === '',
  }
}

/**
 * The condition of `contact c` on those of some numbers who belong into the list. An array of numbers is looked up in their order,
 * which is that in which rows lie.
 */
function among(workspaceId: number, { ofState, ofContact }: Judge, ids: RawBuilder<unknown>): RawBuilder<boolean> {
  const left =
    ofState === null
      ? ids
      : sql`select s.contact_id from contact_state s
          where s.workspace_id = ${workspaceId} and s.contact_id = any(array(${ids})) and ${ofState}`
  return sql`c.id = any(array(${left})) and ${ofContact}`
}

const stateOf = (workspaceId: number) =>
  sql`join contact_state s on s.workspace_id = ${workspaceId} and s.contact_id = c.id`

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

const valueOf = ({ value }: Walk) => value ?? sql`''::text`

const sorted = ({ value, id, isDescending }: Walk): RawBuilder<unknown> =>
  value === null ? id : isDescending ? sql`${value} desc, ${id} desc` : sql`${value}, ${id}`

/** Reads `size` rows along an index and keeps whom the condition leaves; `end` is the last row read, null at the very end. */
async function stepAlong(
  db: Reader,
  asked: Asked,
  place: Place,
  size: number,
  missing: number,
): Promise<{ hits: { id: number; value: string }[]; end: { id: number; value: string } | null }> {
  const { workspaceId, walks } = asked
  const judge = asked.judge([])
  const walk = walks[place.walk]!
  const { rows } = await sql<{ id: number; value: string; holds: boolean; is_end: boolean }>`
    with walked as materialized (
      select id, value, row_number() over () as place from (
        select ${walk.id} as id, ${valueOf(walk)} as value from ${walk.from}
        where ${walk.here} and ${after(walk, place)} order by ${sorted(walk)} limit ${size}
      ) along
    ), held as materialized (
      select c.id from contact c ${judge.readsState ? stateOf(workspaceId) : sql``}
      where ${among(workspaceId, judge, sql`select id from walked`)}
    )
    select id, value::text, holds, place = ${size} as is_end
    from (select *, id in (select id from held) as holds from walked) judged
    where holds or place = ${size} order by place limit ${missing}`.execute(db)
  const end = rows.find((row) => row.is_end)
  return { hits: rows.filter((row) => row.holds), end: end ?? null }
}

/** The contacts whom all the leaves have and the condition leaves, in the order of the list; null where they have more than `most`. */
async function readByNumber(
  db: Reader,
  asked: Asked,
  place: Place,
  { leaves, most }: Way,
  missing: number,
): Promise<Hit[] | null> {
  const { workspaceId, walks } = asked
  const judge = asked.judge(leaves.flatMap(({ proves }) => (proves === null ? [] : [proves])))
  const ofAll = sql.join(
    leaves.map(({ query }) => sql`select contact_id from (${query}) leaf`),
    sql` intersect `,
  )
  const hits: Hit[] = []
  for (let at = place.walk; at < walks.length && hits.length < missing; at++) {
    const walk = walks[at]!
    if (walk.isEmpty === true) continue
    const here = sql`${walk.here} and ${at === place.walk ? after(walk, place) : sql`true`}`
    const ids = sql`select contact_id from read`
    const { rows } = await sql<{ fits: boolean; id: number | null; value: string }>`
      with read as materialized (select contact_id from (${ofAll}) of_all limit ${most + 1}),
      size as materialized (select count(*) <= ${most} as fits from read),
      found as (
        select id, value, row_number() over () as place from (
          select ${walk.id} as id, ${valueOf(walk)} as value ${fromIds(workspaceId, walk, judge, ids)}
            and ${here} and (select fits from size)
          order by ${sorted(walk)} limit ${missing - hits.length}
        ) sorted
      )
      select fits, id, value::text from size left join found on true order by place`.execute(db)
    if (rows[0]?.fits === false) return null
    hits.push(...rows.flatMap(({ id, value: held }) => (id === null ? [] : [{ id, value: held, walk: at }])))
  }
  return hits
}

/** From where the contacts of a stretch are read whose numbers are known. */
function fromIds(workspaceId: number, walk: Walk, judge: Judge, ids: RawBuilder<unknown>): RawBuilder<unknown> {
  if (walk.table === 's' && judge.isListing)
    return sql`from contact_state s where s.contact_id = any(array(${ids})) and ${judge.ofState ?? sql`true`}`
  const inList = among(workspaceId, judge, ids)
  if (walk.table !== 'v')
    return sql`from contact c ${judge.readsState || walk.table === 's' ? stateOf(workspaceId) : sql``} where ${inList}`
  // whom a field sorts is looked for along its index, which knows nobody by number
  return sql`from ${walk.from} where (v.contact_id in (
    select c.id from contact c ${judge.readsState ? stateOf(workspaceId) : sql``} where ${inList})) is true`
}

interface Way {
  readonly leaves: readonly Leaf[]
  /** They have been counted only as far as they are read, and turn out to be too many where they hold more. */
  readonly most: number
  /** In contacts read by number. */
  readonly cost: number
  /** Of all contacts, what the conditions leave if they have nothing to do with one another; null where that is unknown. */
  readonly share: number | null
}

/** What an entry of an index costs to be read and compared, beside a contact that is read by number. */
const entryCost = 0.04
/** The share of all contacts that is supposed of a leaf too large to be counted. */
const largeShare = 0.2

/** How many contacts some leaves hold, counted as far as `countedTo` and then supposed to be many. */
interface Sizes {
  readonly everybody: number
  readonly leaves: readonly { readonly leaf: Leaf; readonly size: number; readonly isCounted: boolean }[]
}

/** Null of a single leaf that costs as much to count as to read. */
async function countLeaves(db: Reader, workspaceId: number, leaves: readonly Leaf[]): Promise<Sizes | null> {
  if (leaves.length === 1 && !leaves[0]!.isLight) return null
  const counts = leaves.map(
    ({ query }) => sql`(select count(*)::integer from (select from (${query}) leaf limit ${countedTo + 1}) few)`,
  )
  const { rows } = await sql<{ counts: number[]; everybody: number }>`
    select array[${sql.join(counts)}] as counts,
      (select coalesce(max(id), 1) from contact where workspace_id = ${workspaceId})::bigint as everybody`.execute(db)
  const { counts: counted, everybody } = rows[0]!
  return {
    everybody,
    leaves: leaves.map((leaf, at) => {
      const isCounted = counted[at]! <= countedTo
      return { leaf, size: isCounted ? counted[at]! : Math.max(countedTo, largeShare * everybody), isCounted }
    }),
  }
}

/** With those that were not counted as large as PostgreSQL expects them to be. */
async function estimateLeaves(db: Reader, { everybody, leaves }: Sizes): Promise<Sizes> {
  const estimated: Sizes['leaves'][number][] = []
  for (const one of leaves) {
    const size = one.isCounted ? one.size : Math.max(countedTo, await estimateRows(db, one.leaf))
    estimated.push({ ...one, size })
  }
  return { everybody, leaves: estimated }
}

/** Which leaves are to be read together. */
function bestWay({ everybody, leaves }: Sizes): Way {
  const readable = leaves
    .filter(({ leaf, isCounted }) => leaf.isLight || isCounted)
    .toSorted((one, other) => one.size - other.size)
  const shareOf = ({ size }: { size: number }) => Math.min(1, size / everybody)
  let way: Way = { leaves: [], most: mostIds, cost: Infinity, share: null }
  let [entries, left] = [0, everybody]
  for (const [at, one] of readable.entries()) {
    entries += one.size
    left *= shareOf(one)
    const cost = entries * entryCost + left
    if (cost < way.cost) way = { ...way, leaves: readable.slice(0, at + 1).map(({ leaf }) => leaf), cost }
  }
  return { ...way, share: leaves.reduce((all, one) => all * shareOf(one), 1) }
}

/** How many rows PostgreSQL expects of a leaf. */
async function estimateRows(db: Reader, { query }: Leaf): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) ${query}`.execute(db)
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}
