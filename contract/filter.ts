import { z } from 'zod'
import { Id, text } from './primitives.ts'

/** What a condition may ask; which of them a field takes is `operatorsOf` its kind. */
const operators = [
  'isEqualTo',
  'isNotEqualTo',
  'isTimestampAfter',
  'isTimestampBefore',
  'isTimestampBetween',
  'exists',
  'doesNotExist',
  'isGreaterThan',
  'isLessThan',
  'isBetween',
  'hasAnyOf',
  'hasAllOf',
  'hasNoneOf',
] as const
const Operator = z.enum(operators)
export type Operator = z.infer<typeof Operator>

/** What can be asked of every contact. Custom fields are named `#` and their number: `#12`. */
export const filterFields = {
  /** The name shown, without regard to case and accents. */
  name: 'text',
  email: 'text',
  /** In any spelling with a country code. */
  phone: 'text',
  country: 'code',
  language: 'code',
  status: 'code',
  /** A member's number. */
  assignee: 'choice',
  /** The number of the assignee's team. */
  team: 'choice',
  created: 'moment',
  lastMessage: 'moment',
  tag: 'set',
  lifecycle: 'choice',
  /** The numbers of the workspace's channels by which the contact can be reached. */
  channel: 'set',
  /** The same by kind: `whatsapp`. */
  channelKind: 'kinds',
  /** The channel last written by, either way. */
  lastChannel: 'choice',
  /** How long ago the contact last wrote: `45m`, `12h`, `3d`. Who never wrote has no such time. */
  sinceIncoming: 'age',
} as const
export type FilterField = keyof typeof filterFields
export type FieldKind = (typeof filterFields)[FilterField] | 'option' | 'checkbox' | 'number' | 'date' | 'time'

const compared = ['isEqualTo', 'isNotEqualTo'] as const
const listed = ['hasAnyOf', 'hasNoneOf'] as const
const present = ['exists', 'doesNotExist'] as const
const dated = ['isTimestampAfter', 'isTimestampBefore', 'isTimestampBetween'] as const
const ranged = ['isGreaterThan', 'isLessThan', 'isBetween'] as const

/** Negations hold for contacts without a value too. The first is what a new condition begins with. */
export const operatorsOf: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: [...compared, ...listed, ...present],
  code: [...compared, ...listed, ...present],
  choice: [...compared, ...listed, ...present],
  option: [...compared, ...listed, ...present],
  checkbox: [...compared, ...present],
  set: ['hasAnyOf', 'hasAllOf', 'hasNoneOf', ...present],
  kinds: ['hasAnyOf', 'hasAllOf', 'hasNoneOf', ...present],
  moment: [...dated, ...present],
  date: [...dated, ...compared, ...present],
  number: [...compared, ...ranged, ...present],
  time: [...compared, ...ranged, ...present],
  age: ['isLessThan', 'isGreaterThan', 'isBetween', ...present],
}

/** The kind of a custom field by its type. */
export const kindOfType = {
  text: 'text',
  email: 'text',
  url: 'text',
  list: 'option',
  checkbox: 'checkbox',
  number: 'number',
  date: 'date',
  time: 'time',
} as const satisfies Record<string, FieldKind>

const Scalar = z.union([text(255, 1), z.number(), z.boolean()])

/**
 * Days are `2026-05-03`, moments `2026-05-03T14:30`, both in the workspace's time zone; `-7d` is the day seven days ago,
 * `+0d` today. After a day is from the next one on, before it until the day before, between includes both ends.
 */
const ConditionValue = z.union([
  Scalar,
  z.array(z.union([text(255, 1), z.number()])).max(100),
  z.object({ from: z.union([text(40, 1), z.number()]), to: z.union([text(40, 1), z.number()]) }),
])
export type ConditionValue = z.infer<typeof ConditionValue>

const Condition = z.object({
  /** A key of `filterFields`, or `#` and the number of a custom field. */
  field: text(30, 1),
  operator: Operator,
  /** One value; several for `hasAnyOf`, `hasAllOf`, `hasNoneOf`; both ends for `…Between`; none for `exists`, `doesNotExist`. */
  value: ConditionValue.nullish(),
})
export type Condition = z.infer<typeof Condition>

export const mostConditions = 20

const group = <Item extends z.ZodType>(item: Item) =>
  z.union([
    z.strictObject({ and: z.array(item).max(mostConditions) }),
    z.strictObject({ or: z.array(item).max(mostConditions) }),
  ])
const Inner = group(Condition)
const Middle = group(z.union([Condition, Inner]))

export type FilterNode = Condition | Filter
export type Filter = { and: FilterNode[] } | { or: FilterNode[] }

const count = (node: FilterNode): number =>
  'field' in node ? 1 : ('and' in node ? node.and : node.or).reduce((sum, item) => sum + count(item), 0)

/** Conditions in groups that ask for all or for any of them, up to three deep; a group without conditions holds for everyone. */
export const Filter: z.ZodType<Filter, Filter> = group(z.union([Condition, Middle])).refine(
  (filter) => count(filter) <= mostConditions,
  { error: `at most ${mostConditions} conditions` },
)

/** What a list of contacts is narrowed to; all that is named must hold. */
export const Narrowing = z.object({
  q: text(200).optional(),
  filter: Filter.optional(),
  segmentId: Id.optional(),
})
export type Narrowing = z.infer<typeof Narrowing>

/** Contacts chosen for an act: by number, or everyone who matches but a few. */
export const Selection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(Id).min(1).max(1000) }),
  Narrowing.extend({ kind: z.literal('matching'), except: z.array(Id).max(1000).default([]) }),
])
export type Selection = z.infer<typeof Selection>
