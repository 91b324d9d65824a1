import { sql, type RawBuilder } from 'kysely'
import { holdsSearch } from '../match-search.ts'
import { moment, statusNumbers, within } from './compile-filter.ts'
import type { Atom, Plan } from './filter-plan.ts'
import { foldValue } from './plan-filter.ts'

/** A query for `contact_id`, answered by an index alone: everyone whom the filter holds for is among them, perhaps twice. */
export type Leaf = RawBuilder<unknown>

/** The ways in which an index could narrow a filter, each enough alone; none where only reading everybody helps. */
export function leavesOf(plan: Plan, workspaceId: number): Leaf[] {
  if ('all' in plan) return plan.all.flatMap((part) => leavesOf(part, workspaceId))
  if ('any' in plan) {
    const parts = plan.any.map((part) => leavesOf(part, workspaceId)[0])
    const found = parts.filter((part) => part !== undefined)
    return parts.length > 0 && found.length === parts.length
      ? [
          sql.join(
            found.map((part) => sql`(${part})`),
            sql` union all `,
          ),
        ]
      : []
  }
  return plan.not ? [] : leavesOfAtom(plan, sql`workspace_id = ${workspaceId}`)
}

/** Those whom a search finds. */
export function searchLeaf(q: string, workspaceId: number): Leaf[] {
  const holds = holdsSearch(q, sql`txt`)
  return holds === null
    ? []
    : [sql`select contact_id from contact_search where workspace_id = ${workspaceId} and live and ${holds}`]
}

const listed = sql`root_id is null and blocked_at is null`
const columns = { country: sql`country`, language: sql`language`, name: sql`sort_name` } as const

function leavesOfAtom({ of, test }: Atom, here: RawBuilder<unknown>): Leaf[] {
  if (typeof of === 'object') return customLeaves(of, test, here)
  switch (of) {
    case 'tag': {
      const groups = test.is === 'in' ? [test.values] : test.is === 'all' ? test.groups : []
      return groups.map(
        (group) => sql`select contact_id from contact_tag where ${here} and tag_id = any(${group}::bigint[])`,
      )
    }
    case 'country':
    case 'language':
    case 'name':
      if (test.is !== 'in') return []
      return [
        sql`select id as contact_id from contact where ${here} and ${listed} and ${columns[of]} = any(${test.values}::text[])`,
      ]
    case 'lifecycle':
      if (test.is !== 'in') return []
      return [
        sql`select id as contact_id from contact where ${here} and ${listed} and lifecycle_id = any(${test.values}::bigint[])`,
      ]
    case 'assignee':
    case 'team': {
      const column = of === 'assignee' ? sql`assignee_id` : sql`team_id`
      const asked = test.is === 'in' ? sql`${column} = any(${test.values}::bigint[])` : sql`${column} is not null`
      return [sql`select contact_id from contact_state where ${here} and live and ${asked}`]
    }
    case 'status': {
      if (test.is !== 'in' || test.values.includes('closed')) return []
      const numbers = test.values.map((status) => statusNumbers[String(status)])
      return [
        sql`select contact_id from contact_state where ${here} and live and status in (1, 2) and status = any(${numbers}::smallint[])`,
      ]
    }
    case 'created':
      if (test.is !== 'range') return []
      return [
        sql`select id as contact_id from contact where ${here} and ${listed} and ${within(sql`created_at`, test, moment)}`,
      ]
    case 'lastMessage':
      if (test.is !== 'range') return []
      return [
        sql`select contact_id from contact_state where ${here} and live and ${within(sql`last_message_at`, test, moment)}`,
      ]
    case 'email':
    case 'phone':
      if (test.is !== 'in' || test.values.length !== 1) return []
      return [String(test.values[0])].flatMap((value) => {
        const holds = holdsSearch(value, sql`txt`)
        return holds === null ? [] : [sql`select contact_id from contact_search where ${here} and live and ${holds}`]
      })
    case 'channel':
    case 'channelKind': {
      const groups = test.is === 'in' ? [test.values] : test.is === 'all' ? test.groups : []
      return groups.map((group) => {
        const lines =
          of === 'channel'
            ? sql`any(${group}::bigint[])`
            : sql`any(array(select id from channel where ${here} and kind = any(${group}::text[])))`
        return sql`select owner_id as contact_id from contact_channel where ${here} and removed_at is null and channel_id = ${lines}`
      })
    }
    case 'optOut': {
      const groups = test.is === 'in' ? [test.values] : test.is === 'all' ? test.groups : [null]
      return groups.map((group) => {
        const asked = group === null ? sql`true` : sql`o.channel_id = any(${group}::bigint[])`
        return sql`select coalesce(part.root_id, part.id) as contact_id from opt_out o
          join contact part on part.workspace_id = o.workspace_id and part.id = o.contact_id
          where o.${here} and ${asked}`
      })
    }
    case 'lastChannel':
    case 'lastIncoming':
      return []
  }
}

function customLeaves(
  { fieldId, as }: { fieldId: number; as: string },
  test: Atom['test'],
  here: RawBuilder<unknown>,
): Leaf[] {
  const table = as === 'folded' || as === 'option' ? sql`field_str` : sql`field_num`
  const of = sql`select contact_id from ${table} where ${here} and field_id = ${fieldId}::bigint`
  switch (test.is) {
    case 'present':
      return [of]
    case 'in':
      return as === 'folded' || as === 'option'
        ? [sql`${of} and str = any(${test.values.map((value) => foldValue(String(value)))}::text[])`]
        : [sql`${of} and num = any(${test.values.map((value) => asNumber(as, value))}::float8[])`]
    case 'range':
      return [sql`${of} and ${within(sql`num`, test, (at) => sql`${asNumber(as, at)}::float8`)}`]
    case 'all':
      return []
  }
}

/** A value as field_num holds it. */
function asNumber(as: string, value: string | number | boolean): number {
  if (as === 'date') return Date.parse(`${value}T00:00:00Z`) / 86_400_000
  if (as === 'time') return Number(String(value).slice(0, 2)) * 60 + Number(String(value).slice(3))
  return Number(value)
}
