import * as fc from 'fast-check'
import { sql } from 'kysely'
import { filterFields, operatorsOf, kindOfType, type FieldKind } from '#contract/filter-words.ts'
import type { Condition, Filter, FilterNode } from '#contract/filter.ts'
import type { Filtered } from '../contacts/filter/evaluate-filter.ts'
import { foldValue } from '../contacts/filter/plan-filter.ts'
import { searchText } from '../contacts/search-text.ts'
import { sortName } from '../contacts/sort-name.ts'
import type { Deps } from '../deps.ts'

/** Custom fields of every type by number. */
export const fieldTypes = new Map<number, keyof typeof kindOfType>([
  [1, 'text'],
  [2, 'list'],
  [3, 'checkbox'],
  [4, 'email'],
  [5, 'number'],
  [6, 'url'],
  [7, 'date'],
  [8, 'time'],
])
export const timeZones = [
  'UTC',
  'Europe/Madrid',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Asia/Kolkata',
  'America/New_York',
]
export const now = new Date('2026-03-30T01:30:00Z')

const names = ['Ana', 'ANA', 'Ñandú', 'José', '李', 'Zoë']
const emails = ['ana@example.com', 'Ana@example.com', 'li@example.org']
const phones = ['+34600000142', '+525512345678', '+5491123456789']
const texts = ['Azul', 'azul', 'rojo vivo', 'Straße', '100%', '日本']
const options = ['Oro', 'Plata', 'Bronce']
const numbers = [-2.5, 0, 1, 7, 1e9]
const days = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31', '2024-02-29']
const times = ['00:00', '09:30', '14:05', '23:59']
const ids = [1, 2, 3, 4]
const kinds = ['whatsapp', 'email', 'custom']
const moments = [
  '2026-03-28T22:59:59.999Z',
  '2026-03-28T23:00:00Z',
  '2026-03-29T00:30:00Z',
  '2026-03-29T01:00:00Z',
  '2026-03-29T22:00:00Z',
  '2026-03-30T01:00:00Z',
  '2024-02-29T12:00:00Z',
].map((text) => Date.parse(text))

const some = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values))
const several = <Value>(values: readonly Value[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 })

const values: Record<keyof typeof kindOfType, fc.Arbitrary<string | number | boolean | null>> = {
  text: some(texts),
  list: some(options),
  checkbox: some([true, false]),
  email: some(emails),
  number: some(numbers),
  url: some(['https://example.com/a', 'https://example.com/B']),
  date: some(days),
  time: some(times),
}

/** Somebody with anything or nothing; whoever has written has a last message no older. */
export const person = fc
  .record({
    firstName: some(names),
    profileName: some(names),
    email: some(emails),
    phone: some(phones),
    country: some(['ES', 'MX', 'AR']),
    language: some(['es', 'en', 'pt-BR']),
    status: fc.constantFrom(0, 1, 2, 3),
    assignee: some(ids),
    team: some(ids),
    lifecycle: some(ids),
    lastChannel: some(ids),
    tags: several(ids),
    channels: several([1, 2, 3]),
    optOuts: several([0, 1, 2, 3]),
    created: fc.constantFrom(...moments),
    lastMessage: some(moments),
    lastIncoming: some(moments),
    fields: fc.tuple(...[...fieldTypes].map(([id, type]) => values[type].map((value) => [id, value] as const))),
  })
  .map((one) => ({
    ...one,
    lastMessage: one.lastIncoming === null ? one.lastMessage : Math.max(one.lastMessage ?? 0, one.lastIncoming),
  }))
type Person = typeof person extends fc.Arbitrary<infer Of> ? Of : never

const many = <Value>(of: readonly Value[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 })
const dayWords = [...days, '-1d', '+0d', '-7d', '2026-03-29T02:30', '2026-03-30T00:00']

/** What a condition on a field may be compared with. */
function choicesFor(field: string, kind: FieldKind): readonly (string | number | boolean)[] {
  const own: Record<string, readonly (string | number | boolean)[]> = {
    name: names,
    email: emails,
    phone: [...phones, '+34 600 000 142'],
    country: ['ES', 'MX', 'FR'],
    language: ['es', 'pt-BR', 'de'],
    status: ['open', 'snoozed', 'closed'],
    channelKind: kinds,
    '#1': texts,
    '#2': options,
    '#4': emails,
    '#6': ['https://example.com/b'],
  }
  switch (kind) {
    case 'checkbox':
      return [true, false]
    case 'number':
      return [...numbers, '7', '-2.5']
    case 'time':
      return times
    case 'date':
      return dayWords.filter((word) => !word.includes('T'))
    case 'moment':
      return dayWords
    case 'age':
      return ['45m', '12h', '1d', '2d', '900d']
    case 'text':
    case 'code':
    case 'choice':
    case 'set':
    case 'kinds':
    case 'option':
      return own[field] ?? ids
  }
}

const fields: readonly (readonly [string, FieldKind])[] = [
  ...Object.entries(filterFields),
  ...[...fieldTypes].map(([id, type]) => [`#${id}`, kindOfType[type]] as const),
]

const condition: fc.Arbitrary<Condition> = fc.constantFrom(...fields).chain(([field, kind]) =>
  fc.constantFrom(...operatorsOf[kind]).chain((operator) => {
    const choices = choicesFor(field, kind)
    const one = fc.constantFrom(...choices)
    const value =
      operator.endsWith('xist') || operator === 'exists'
        ? fc.constant(null)
        : operator.startsWith('has')
          ? many(choices as readonly (string | number)[])
          : operator.endsWith('Between')
            ? fc.tuple(one, one).map(([from, to]) => ({ from: from as string | number, to: to as string | number }))
            : one
    return value.map((asked) => ({ field, operator, value: asked }))
  }),
)

const group = (item: fc.Arbitrary<FilterNode>): fc.Arbitrary<Filter> =>
  fc.tuple(fc.boolean(), fc.array(item, { maxLength: 3 })).map(([all, items]) => (all ? { and: items } : { or: items }))

/** Conditions of every kind, up to three groups deep. */
export const anyFilter: fc.Arbitrary<Filter> = group(fc.oneof(condition, group(fc.oneof(condition, group(condition)))))

/** Writes people into an empty workspace, numbered from 1. */
export async function writePeople(db: Deps['db'], workspaceId: number, people: readonly Person[]): Promise<void> {
  for (const [at, one] of people.entries()) {
    const [ws, id] = [workspaceId, at + 1]
    const fieldValues = Object.fromEntries(one.fields.filter(([, value]) => value !== null))
    const named = {
      first_name: one.firstName,
      last_name: null,
      profile_name: one.profileName,
      phone: one.phone,
      email: one.email,
    }
    await sql`insert into contact (workspace_id, id, created_at, sort_name, first_name, profile_name, email, phone, country, language,
      born_source, tags, fields, lifecycle_id) values (${ws}, ${id}, ${new Date(one.created)}, ${sortName(named)}, ${one.firstName},
      ${one.profileName}, ${one.email}, ${one.phone}, ${one.country}, ${one.language}, 'import', ${one.tags}::integer[],
      ${JSON.stringify(fieldValues)}::jsonb, ${one.lifecycle})`.execute(db)
    await sql`insert into contact_state (workspace_id, contact_id, status, assignee_id, team_id, last_message_at, last_in_id, last_channel_id)
      values (${ws}, ${id}, ${one.status}, ${one.assignee}, ${one.team},
      ${one.lastMessage === null ? '-infinity' : new Date(one.lastMessage).toISOString()}::timestamptz,
      ${one.lastIncoming === null ? 0 : one.lastIncoming * 1000}, ${one.lastChannel})`.execute(db)
    await sql`insert into contact_search (workspace_id, contact_id, txt) values (${ws}, ${id}, ${searchText(named, new Set())})`.execute(
      db,
    )
    for (const tag of one.tags)
      await sql`insert into contact_tag (workspace_id, tag_id, contact_id) values (${ws}, ${tag}, ${id})`.execute(db)
    for (const channel of one.channels)
      await sql`insert into contact_channel (workspace_id, id, channel_id, contact_id, owner_id, address, address_key)
        values (${ws}, ${id * 10 + channel}, ${channel}, ${id}, ${id}, ${String(id)}, ${String(id)})`.execute(db)
    for (const channel of one.optOuts)
      await sql`insert into opt_out (workspace_id, contact_id, channel_id, source) values (${ws}, ${id}, ${channel}, 'person')`.execute(
        db,
      )
    for (const [fieldId, value] of one.fields) await indexValue(db, ws, id, fieldId, value)
  }
}

async function indexValue(
  db: Deps['db'],
  ws: number,
  id: number,
  fieldId: number,
  value: string | number | boolean | null,
) {
  if (value === null) return
  const type = fieldTypes.get(fieldId)
  if (typeof value === 'string' && type !== 'date' && type !== 'time') {
    await sql`insert into field_str values (${ws}, ${fieldId}, ${foldValue(value)}, ${id})`.execute(db)
    return
  }
  const number =
    type === 'date'
      ? Date.parse(`${String(value)}T00:00:00Z`) / 86_400_000
      : type === 'time'
        ? Number(String(value).slice(0, 2)) * 60 + Number(String(value).slice(3))
        : Number(value)
  await sql`insert into field_num values (${ws}, ${fieldId}, ${number}, ${id})`.execute(db)
}

/** Channels 1 to 3, each of its kind. */
export async function writeChannels(db: Deps['db'], workspaceId: number): Promise<void> {
  for (const [at, kind] of kinds.entries())
    await sql`insert into channel (workspace_id, id, kind, name, public_id, settings)
      values (${workspaceId}, ${at + 1}, ${kind}, ${kind}, gen_random_uuid(), '{}')`.execute(db)
}

/** The same person as the evaluator sees one. */
export function asFiltered(one: Person): Filtered {
  const name = one.firstName ?? one.profileName
  return {
    name:
      name === null
        ? null
        : sortName({ first_name: name, last_name: null, profile_name: null, phone: null, email: null }),
    email: one.email?.toLowerCase() ?? null,
    phone: one.phone,
    country: one.country,
    language: one.language,
    status: [null, 'open', 'snoozed', 'closed'][one.status] ?? null,
    assignee: one.assignee,
    team: one.team,
    lifecycle: one.lifecycle,
    lastChannel: one.lastChannel,
    tag: one.tags,
    channel: one.channels,
    channelKind: one.channels.map((channel) => kinds[channel - 1]!),
    optOut: one.optOuts,
    created: one.created,
    lastMessage: one.lastMessage,
    lastIncoming: one.lastIncoming,
    fields: Object.fromEntries(
      one.fields.flatMap(([id, value]) =>
        value === null
          ? []
          : [[id, typeof value === 'string' && kindOfType[fieldTypes.get(id)!] === 'text' ? foldValue(value) : value]],
      ),
    ),
  }
}
