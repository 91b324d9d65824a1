import { sql, type RawBuilder } from 'kysely'
import { holdsIndexed } from '../match-search.ts'
import { moment, statusNumbers, within } from './compile-filter.ts'
import type { Atom, Plan } from './filter-plan.ts'
import { foldValue } from './plan-filter.ts'

export interface Leaf {
  /** Gives `contact_id`, in the order of an index: everyone whom the filter holds for is among them, perhaps twice. */
  readonly query: RawBuilder<unknown>
  /** Nothing but the index is read for it. */
  readonly isLight: boolean
  /** The condition that holds for all who are listed among them; null where it has to be seen. */
  readonly proves: Plan | null
}

const light = (query: RawBuilder<unknown>): Leaf => ({ query, isLight: true, proves: null })
const heavy = (query: RawBuilder<unknown>): Leaf => ({ query, isLight: false, proves: null })

/** The ways in which an index could narrow a filter, each enough alone; none where only reading everybody helps. */
export function leavesOf(plan: Plan, workspaceId: number): Leaf[] {
  if ('all' in plan) return plan.all.flatMap((part) => leavesOf(part, workspaceId))
  if ('any' in plan) {
    const parts = plan.any.map((part) => leavesOf(part, workspaceId)[0])
    const found = parts.filter((part) => part !== undefined)
    if (parts.length === 0 || found.length < parts.length) return []
    const query = sql.join(
      found.map((part) => sql`(${part.query})`),
      sql` union all `,
    )
    return [{ query, isLight: found.every(({ isLight }) => isLight), proves: null }]
  }
  const here = sql`workspace_id = ${workspaceId}`
  const leaves = plan.not ? leavesWithout(plan, here) : leavesOfAtom(plan, here)
  return leaves.length === 1 && isExact(plan) ? [{ ...leaves[0]!, proves: plan }] : leaves
}

/** Does the one index of a condition leave nobody else? */
function isExact({ of, test, not }: Atom): boolean {
  if (of === 'lastMessage') return not || (test.is === 'range' && test.from !== undefined)
  const exact: readonly Atom['of'][] = [
    'tag',
    'country',
    'language',
    'lifecycle',
    'email',
    'phone',
    'assignee',
    'team',
    'status',
    'created',
  ]
  return typeof of === 'object' || exact.includes(of)
}

/** Those whom a search finds. */
export function searchLeaf(q: string, workspaceId: number): Leaf[] {
  const holds = holdsIndexed(q)
  return holds === null
    ? []
    : [heavy(sql`select contact_id from contact_search where workspace_id = ${workspaceId} and live and ${holds}`)]
}

const listed = sql`root_id is null and blocked_at is null`
/** As their indexes have them. */
const columns = {
  name: sql`sort_name`,
  country: sql`country`,
  language: sql`language`,
  lifecycle: sql`lifecycle_id`,
  email: sql`(lower(email) collate "C")`,
  phone: sql`(phone collate "C")`,
} as const

/** Of those who have no value, where an index keeps them together. */
function leavesWithout({ of, test }: Atom, here: RawBuilder<unknown>): Leaf[] {
  if (typeof of === 'object' || test.is !== 'present') return []
  switch (of) {
    case 'country':
    case 'language':
    case 'lifecycle':
    case 'email':
    case 'phone':
      return [ofContact(of, here, sql`${columns[of]} is null`)]
    case 'assignee':
      return [ofState(here, sql`assignee_id is null`)]
    case 'status':
      return [ofState(here, sql`status in (0, 3) and status = 0`)]
    case 'lastMessage':
      return [ofState(here, sql`last_message_at = '-infinity'`)]
    case 'name':
    case 'tag':
    case 'channel':
    case 'channelKind':
    case 'optOut':
    case 'team':
    case 'created':
    case 'lastChannel':
    case 'lastIncoming':
      return []
  }
}

function ofContact(of: keyof typeof columns, here: RawBuilder<unknown>, asked: RawBuilder<unknown>): Leaf {
  const query = sql`select id as contact_id from contact where ${here} and ${listed} and ${asked}`
  // what an index holds of an expression is not given without the row
  return of === 'email' || of === 'phone' ? heavy(query) : light(query)
}

const ofState = (here: RawBuilder<unknown>, asked: RawBuilder<unknown>): Leaf =>
  light(sql`select contact_id from contact_state where ${here} and live and ${asked}`)

function leavesOfAtom({ of, test }: Atom, here: RawBuilder<unknown>): Leaf[] {
  if (typeof of === 'object') return customLeaves(of, test, here)
  switch (of) {
    case 'tag':
      return groupsOf(test).map((group) =>
        light(sql`select contact_id from contact_tag where ${here} and ${isAnyOf(sql`tag_id`, group, sql`bigint`)}`),
      )
    case 'name':
    case 'country':
    case 'language':
    case 'lifecycle':
    case 'email':
    case 'phone': {
      if (of === 'name' && test.is !== 'in') return []
      const column = columns[of]
      const type = of === 'lifecycle' ? sql`bigint` : sql`text`
      return [ofContact(of, here, test.is === 'in' ? isAnyOf(column, test.values, type) : sql`${column} is not null`)]
    }
    case 'assignee':
    case 'team': {
      const column = of === 'assignee' ? sql`assignee_id` : sql`team_id`
      const asked = test.is === 'in' ? sql`${column} = any(${test.values}::bigint[])` : sql`${column} is not null`
      return [ofState(here, asked)]
    }
    case 'status': {
      if (test.is !== 'in' || test.values.includes('closed')) return []
      const numbers = test.values.map((status) => statusNumbers[String(status)])
      return [ofState(here, sql`status in (1, 2) and status = any(${numbers}::smallint[])`)]
    }
    case 'created':
      if (test.is !== 'range') return []
      return [
        light(
          sql`select id as contact_id from contact where ${here} and ${listed} and ${within(sql`created_at`, test, moment)}`,
        ),
      ]
    case 'lastMessage':
      return test.is === 'range' ? [ofState(here, within(sql`last_message_at`, test, moment))] : []
    case 'lastIncoming':
      // whoever wrote since has a last message since
      if (test.is !== 'range' || test.from === undefined) return []
      return [ofState(here, sql`last_message_at >= ${moment(test.from.at)}`)]
    case 'channel':
    case 'channelKind':
      return groupsOf(test).map((group) => {
        const lines =
          of === 'channel'
            ? sql`any(${group}::bigint[])`
            : sql`any(array(select id from channel where ${here} and kind = any(${group}::text[])))`
        return heavy(
          sql`select owner_id as contact_id from contact_channel where ${here} and removed_at is null and channel_id = ${lines}`,
        )
      })
    case 'optOut': {
      const groups = test.is === 'present' ? [null] : groupsOf(test)
      return groups.map((group) => {
        const asked = group === null ? sql`true` : sql`o.channel_id = any(${group}::bigint[])`
        return heavy(sql`select coalesce(part.root_id, part.id) as contact_id from opt_out o
          join contact part on part.workspace_id = o.workspace_id and part.id = o.contact_id
          where o.${here} and ${asked}`)
      })
    }
    case 'lastChannel':
      return []
  }
}

/** Of a single value an index gives the contacts in their order, so that two such are compared side by side. */
const isAnyOf = (column: RawBuilder<unknown>, values: readonly unknown[], type: RawBuilder<unknown>) =>
  values.length === 1
    ? sql<boolean>`${column} = ${values[0]}::${type}`
    : sql<boolean>`${column} = any(${values}::${type}[])`

/** Of each of these groups one is asked for. */
const groupsOf = (test: Atom['test']): readonly (readonly unknown[])[] =>
  test.is === 'in' ? [test.values] : test.is === 'all' ? test.groups : []

function customLeaves(of: CustomSource, test: Atom['test'], here: RawBuilder<unknown>): Leaf[] {
  const asked = askedOfIndex(of, test)
  if (asked === null) return []
  const table = isWritten(of) ? sql`field_str` : sql`field_num`
  return [light(sql`select contact_id from ${table} where ${here} and field_id = ${of.fieldId}::bigint and ${asked}`)]
}

type CustomSource = Extract<Atom['of'], object>

const isWritten = ({ as }: CustomSource): boolean => as === 'folded' || as === 'option'

/** What a condition on a custom field asks of the field's own index rows; null where they cannot tell. */
export function askedOfIndex(of: CustomSource, test: Atom['test']): RawBuilder<boolean> | null {
  switch (test.is) {
    case 'present':
      return sql`true`
    case 'in':
      return isWritten(of)
        ? isAnyOf(
            sql`str`,
            test.values.map((value) => foldValue(String(value))),
            sql`text`,
          )
        : isAnyOf(
            sql`num`,
            test.values.map((value) => asNumber(of.as, value)),
            sql`float8`,
          )
    case 'range':
      return within(sql`num`, test, (at) => sql`${asNumber(of.as, at)}::float8`)
    case 'all':
      return null
  }
}

/** A value as field_num holds it. */
function asNumber(as: string, value: string | number | boolean): number {
  if (as === 'date') return Date.parse(`${value}T00:00:00Z`) / 86_400_000
  if (as === 'time') return Number(String(value).slice(0, 2)) * 60 + Number(String(value).slice(3))
  return Number(value)
}
