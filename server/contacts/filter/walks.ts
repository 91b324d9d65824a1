import { sql, type RawBuilder } from 'kysely'
import type { ContactSort } from '#contract/contacts.ts'
import type { Reader } from '../../http/endpoint.ts'
import { fail } from '../../http/fail.ts'
import { conditionsOf, moment, within } from './compile-filter.ts'
import type { Atom, Plan } from './filter-plan.ts'
import { askedOfIndex } from './leaves.ts'

export interface Sorting {
  readonly sort: ContactSort
  readonly order?: 'asc' | 'desc' | undefined
}

/**
 * A stretch of a sorted list that one index gives in order; a list is one or several after one another, those without a
 * value last. Of `contact c`, `contact_state s` or an index row of a custom field, `v`.
 */
export interface Walk {
  readonly table: 'c' | 's' | 'v'
  readonly from: RawBuilder<unknown>
  readonly here: RawBuilder<boolean>
  readonly id: RawBuilder<unknown>
  /** Null where all have the same. */
  readonly value: RawBuilder<unknown> | null
  /** The SQL type of the value. */
  readonly type: RawBuilder<unknown>
  readonly isDescending: boolean
  /** Nobody is in it: it keeps its place among the others, and nothing need be read. */
  readonly isEmpty?: boolean
}

const contact = sql`contact c`
const state = sql`contact_state s`
/** As their indexes have them. */
const columns = {
  country: sql`c.country`,
  language: sql`c.language`,
  email: sql`(lower(c.email) collate "C")`,
  phone: sql`(c.phone collate "C")`,
}
const types = { text: sql`text collate "C"`, time: sql`timestamptz`, number: sql`float8` }

/** The stretches of a list, in order. Fails BAD_REQUEST where the custom field to sort by is unknown. */
export async function walksOf(db: Reader, workspaceId: number, { sort, order }: Sorting, plan: Plan): Promise<Walk[]> {
  const natural = sort === 'added' || sort === 'lastMessage' ? 'desc' : 'asc'
  const isDescending = (order ?? natural) === 'desc'
  const ofContact = (
    where: RawBuilder<boolean>,
    value: RawBuilder<unknown> | null,
    type: RawBuilder<unknown>,
  ): Walk => ({
    table: 'c',
    from: contact,
    here: sql`c.workspace_id = ${workspaceId} and c.root_id is null and c.blocked_at is null and ${where}`,
    id: sql`c.id`,
    value,
    type,
    isDescending,
  })
  const byId = (where: RawBuilder<boolean>) => ({ ...ofContact(where, null, types.text), isDescending: false })
  /** Whoever wrote last comes first, unless that is turned round. */
  const ofState = (where: RawBuilder<boolean>, isNewestFirst = true): Walk => ({
    table: 's',
    from: state,
    here: sql`s.workspace_id = ${workspaceId} and s.live and ${where} and ${pushed(plan, 'lastMessage', sql`s.last_message_at`)}`,
    id: sql`s.contact_id`,
    value: sql`s.last_message_at`,
    type: types.time,
    isDescending: isNewestFirst,
  })
  const byNumber = (where: RawBuilder<boolean>): Walk => ({ ...ofState(where, false), value: null })
  const own = asksOf(plan, sort)
  const holding = (walk: Walk, value: string | number | null): Walk =>
    walk.isEmpty === true ? walk : { ...walk, isEmpty: !mayHold(own, value) }
  switch (sort) {
    case 'added':
      return [ofContact(pushed(plan, 'created', sql`c.created_at`), sql`c.created_at`, types.time)]
    case 'name':
      return [ofContact(anyOf(own, sql`c.sort_name`), sql`c.sort_name`, types.text)]
    case 'lastMessage':
      return isDescending
        ? [ofState(sql`true`)]
        : [ofState(sql`s.last_message_at > '-infinity'`, false), ofState(sql`s.last_message_at = '-infinity'`, false)]
    case 'country':
    case 'language':
    case 'email':
    case 'phone': {
      const column = columns[sort]
      const valued = ofContact(sql`${column} is not null and ${anyOf(own, column)}`, column, types.text)
      return [{ ...valued, isEmpty: !mayHold(own) }, holding(byId(sql`${column} is null`), null)]
    }
    case 'status': {
      const going = statuses.map((status, at) => {
        const where = sql<boolean>`s.status = ${sql.lit(at + 1)}`
        return holding(status === 'closed' ? byNumber(where) : ofState(where), status)
      })
      return [...(isDescending ? going.toReversed() : going), holding(byNumber(sql`s.status = 0`), null)]
    }
    case 'assignee': {
      const members = await byAssignee(db, workspaceId, isDescending)
      return [
        ...members.map(({ id, has }) => holding({ ...ofState(sql`s.assignee_id = ${id}`), isEmpty: !has }, id)),
        holding(byNumber(sql`s.assignee_id is null`), null),
      ]
    }
    case 'lifecycle': {
      const stages = await db
        .selectFrom('lifecycle_stage')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .orderBy('position', isDescending ? 'desc' : 'asc')
        .execute()
      return [
        ...stages.map(({ id }) => holding(byId(sql`c.lifecycle_id = ${id}`), id)),
        holding(byId(sql`c.lifecycle_id is null`), null),
      ]
    }
    default:
      return byField(db, workspaceId, Number(sort.slice(1)), isDescending, byId, own)
  }
}

const statuses = ['open', 'snoozed', 'closed']

/** As a reader of most languages expects names; who has nobody keeps a place, so that the next page finds the same ones. */
async function byAssignee(
  db: Reader,
  workspaceId: number,
  isDescending: boolean,
): Promise<{ id: number; has: boolean }[]> {
  const { rows } = await sql<{ id: number; name: string; has: boolean }>`
    select m.id, m.name, exists (select from contact_state s where s.workspace_id = m.workspace_id and s.live
      and s.assignee_id = m.id) as has
    from member m where m.workspace_id = ${workspaceId} order by m.id`.execute(db)
  const { compare } = new Intl.Collator('und')
  return rows.toSorted((one, other) => compare(one.name, other.name) * (isDescending ? -1 : 1))
}

async function byField(
  db: Reader,
  workspaceId: number,
  fieldId: number,
  isDescending: boolean,
  byId: (where: RawBuilder<boolean>) => Walk,
  own: readonly Atom[],
): Promise<Walk[]> {
  const field = await db
    .selectFrom('custom_field')
    .select('type')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', fieldId)
    .executeTakeFirst()
  if (field === undefined)
    return fail('BAD_REQUEST', { fields: [{ path: 'sort', reason: 'unknown', message: 'There is no such field.' }] })
  const bounds = own.flatMap(({ of, test, not }) =>
    typeof of === 'object' && !not ? [askedOfIndex(of, test) ?? sql<boolean>`true`] : [],
  )
  const isText = ['text', 'list', 'email', 'url'].includes(field.type)
  const walk: Walk = {
    table: 'v',
    from: isText ? sql`field_str v` : sql`field_num v`,
    here: sql`v.workspace_id = ${workspaceId} and v.field_id = ${fieldId}::bigint and ${sql.join([sql`true`, ...bounds], sql` and `)}`,
    id: sql`v.contact_id`,
    value: isText ? sql`v.str` : sql`v.num`,
    type: isText ? types.text : types.number,
    isDescending,
    isEmpty: !mayHold(own),
  }
  const without = byId(sql`not (c.fields ? ${String(fieldId)}::text)`)
  return [walk, { ...without, isEmpty: !mayHold(own, null) }]
}

/** The conditions on what a list is sorted by that all it holds meet. */
const asksOf = (plan: Plan, sort: ContactSort): Atom[] =>
  conditionsOf(plan).filter(
    (one): one is Atom => 'of' in one && (typeof one.of === 'string' ? one.of : `#${one.of.fieldId}`) === sort,
  )

/** Could who has this value, null for none, or any value at all, meet the conditions? */
const mayHold = (own: readonly Atom[], value?: string | number | null): boolean =>
  own.every(({ test, not }) => {
    if (value === null) return not
    if (test.is === 'present') return !not
    return value === undefined || test.is !== 'in' || test.values.includes(value) !== not
  })

/** The conditions on a text that name what it may be. */
const anyOf = (own: readonly Atom[], column: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(${sql.join(
    [
      sql`true`,
      ...own.flatMap(({ test, not }) =>
        test.is === 'in' && !not ? [sql`${column} = any(${test.values}::text[])`] : [],
      ),
    ],
    sql` and `,
  )})`

/** What a filter asks of the very column that is walked bounds the walk itself. */
function pushed(plan: Plan, of: 'created' | 'lastMessage', column: RawBuilder<unknown>): RawBuilder<boolean> {
  if ('any' in plan) return sql`true`
  if ('all' in plan)
    return sql`(${sql.join([sql`true`, ...plan.all.map((part) => pushed(part, of, column))], sql` and `)})`
  if (plan.not || plan.test.is !== 'range') return sql`true`
  if (plan.of === of) return within(column, plan.test, moment)
  // whoever wrote since has a last message since
  return of === 'lastMessage' && plan.of === 'lastIncoming' && plan.test.from !== undefined
    ? sql`${column} >= ${moment(plan.test.from.at)}`
    : sql`true`
}
