import { sql, type RawBuilder } from 'kysely'
import type { Atom, Plan, Range } from './filter-plan.ts'

/**
 * The condition on `contact c` and `contact_state s` that a filter comes to: true or false, never null. Rows are judged by
 * what they hold; only custom text, which is compared folded, asks its index.
 */
export function compileFilter(plan: Plan): RawBuilder<boolean> {
  if ('all' in plan) return joined(plan.all.map(compileFilter), sql` and `, sql`true`)
  if ('any' in plan) return joined(plan.any.map(compileFilter), sql` or `, sql`false`)
  const holds = compileAtom(plan)
  return plan.not ? sql`(${holds}) is not true` : sql`(${holds}) is true`
}

const ofState = new Set<unknown>(['status', 'assignee', 'team', 'lastChannel', 'lastMessage', 'lastIncoming'])

/** Does what a filter comes to speak of `contact_state s`? Of it alone? */
export function asksState(plan: Plan): 'alone' | 'too' | 'no' {
  if ('of' in plan) return ofState.has(plan.of) ? 'alone' : 'no'
  const parts = new Set(('all' in plan ? plan.all : plan.any).map(asksState))
  return parts.size === 1 ? [...parts][0]! : parts.size === 0 ? 'no' : 'too'
}

/** The conditions of a plan that all have to hold. */
export const conditionsOf = (plan: Plan): readonly Plan[] => ('all' in plan ? plan.all.flatMap(conditionsOf) : [plan])

function joined(
  parts: RawBuilder<boolean>[],
  word: RawBuilder<unknown>,
  none: RawBuilder<boolean>,
): RawBuilder<boolean> {
  return parts.length === 0 ? none : sql`(${sql.join(parts, word)})`
}

const columns = {
  country: sql`c.country`,
  language: sql`c.language`,
  email: sql`lower(c.email)`,
  phone: sql`c.phone`,
  lifecycle: sql`c.lifecycle_id`,
  assignee: sql`s.assignee_id`,
  team: sql`s.team_id`,
  lastChannel: sql`s.last_channel_id`,
} as const
const numeric = new Set<string>(['lifecycle', 'assignee', 'team', 'lastChannel'])

export const statusNumbers: Readonly<Record<string, number>> = { open: 1, snoozed: 2, closed: 3 }
const named = sql<boolean>`coalesce(nullif(c.first_name, ''), nullif(c.last_name, ''), nullif(c.profile_name, '')) is not null`

function compileAtom(atom: Atom): RawBuilder<boolean> {
  const { of, test } = atom
  if (typeof of === 'object') return compileCustom(of, test)
  switch (of) {
    case 'name':
      return test.is === 'in' ? sql`(${named} and c.sort_name = any(${test.values}::text[]))` : named
    case 'status':
      return test.is === 'in'
        ? sql`s.status = any(${test.values.map((status) => statusNumbers[String(status)])}::smallint[])`
        : sql`s.status <> 0`
    case 'tag':
      if (test.is === 'in') return sql`c.tags && ${test.values}::integer[]`
      if (test.is === 'all')
        return joined(
          test.groups.map((group) => sql`c.tags && ${group}::integer[]`),
          sql` and `,
          sql`true`,
        )
      return sql`c.tags <> '{}'`
    case 'channel':
    case 'channelKind':
      if (test.is === 'in') return hasChannel(of, test.values)
      if (test.is === 'all')
        return joined(
          test.groups.map((group) => hasChannel(of, group)),
          sql` and `,
          sql`true`,
        )
      return hasChannel(of, null)
    case 'optOut':
      if (test.is === 'in') return isOut(test.values)
      if (test.is === 'all') return joined(test.groups.map(isOut), sql` and `, sql`true`)
      return isOut(null)
    case 'created':
    case 'lastMessage':
      if (test.is !== 'range') return of === 'created' ? sql`true` : sql`s.last_message_at <> '-infinity'`
      return of === 'created'
        ? within(sql`c.created_at`, test, moment)
        : sql`(s.last_message_at <> '-infinity' and ${within(sql`s.last_message_at`, test, moment)})`
    case 'lastIncoming':
      if (test.is !== 'range') return sql`s.last_in_id <> 0`
      return sql`(s.last_in_id <> 0 and ${within(sql`s.last_in_id`, test, (at) => sql`${Number(at) * 1000}::bigint`)})`
    case 'country':
    case 'language':
    case 'email':
    case 'phone':
    case 'lifecycle':
    case 'assignee':
    case 'team':
    case 'lastChannel': {
      if (test.is !== 'in') return sql`${columns[of]} is not null`
      const values = numeric.has(of) ? sql`${test.values}::bigint[]` : sql`${test.values}::text[]`
      return sql`${columns[of]} = any(${values})`
    }
  }
}

export const moment = (at: number | string): RawBuilder<unknown> => sql`${new Date(at).toISOString()}::timestamptz`

/** A range of one expression; `write` says how its ends are written. */
export function within(
  value: RawBuilder<unknown>,
  { from, to }: Range,
  write: (at: number | string) => RawBuilder<unknown>,
): RawBuilder<boolean> {
  const ends: RawBuilder<boolean>[] = []
  if (from !== undefined) ends.push(sql`${value} ${from.included ? sql`>=` : sql`>`} ${write(from.at)}`)
  if (to !== undefined) ends.push(sql`${value} ${to.included ? sql`<=` : sql`<`} ${write(to.at)}`)
  return joined(ends, sql` and `, sql`true`)
}

function hasChannel(of: 'channel' | 'channelKind', values: readonly unknown[] | null): RawBuilder<boolean> {
  const asked =
    values === null
      ? sql`true`
      : of === 'channel'
        ? sql`k.channel_id = any(${values}::bigint[])`
        : sql`k.channel_id in (select line.id from channel line
            where line.workspace_id = c.workspace_id and line.kind = any(${values}::text[]))`
  return sql`exists (select from contact_channel k
    where k.workspace_id = c.workspace_id and k.owner_id = c.id and k.removed_at is null and ${asked})`
}

/** Has the contact, or one that it has absorbed, opted out of one of these channels? */
function isOut(channelIds: readonly unknown[] | null): RawBuilder<boolean> {
  const asked = channelIds === null ? sql`true` : sql`o.channel_id = any(${channelIds}::bigint[])`
  return sql`(exists (select from opt_out o where o.workspace_id = c.workspace_id and o.contact_id = c.id and ${asked})
    or (c.own is not null and exists (select from contact part
      join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
      where part.workspace_id = c.workspace_id and part.root_id = c.id and ${asked})))`
}

function compileCustom({ fieldId, as }: { fieldId: number; as: string }, test: Atom['test']): RawBuilder<boolean> {
  const key = sql`${String(fieldId)}::text`
  if (test.is === 'present') return sql`c.fields ? ${key}`
  const text = sql`(c.fields ->> ${key})`
  if (test.is === 'range')
    return as === 'number'
      ? within(sql`${text}::float8`, test, (at) => sql`${at}::float8`)
      : within(sql`${text} collate "C"`, test, (at) => sql`${at}::text`)
  if (test.is === 'all') return sql`false`
  switch (as) {
    case 'folded':
      return sql`exists (select from field_str v where v.workspace_id = c.workspace_id and v.field_id = ${fieldId}::bigint
        and v.str = any(${test.values}::text[]) and v.contact_id = c.id)`
    case 'number':
      return sql`${text}::float8 = any(${test.values}::float8[])`
    case 'checkbox':
      return sql`${text} = any(${test.values.map(String)}::text[])`
    default:
      return sql`${text} = any(${test.values}::text[])`
  }
}
