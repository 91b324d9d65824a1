import { z } from 'zod'
import { mostConditions, operators } from './filter-words.ts'
import { Id, text } from './primitives.ts'

const Operator = z.enum(operators)

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

/** Contacts chosen for an act: by number, everyone who matches but a few, or everyone of the workspace, blocked ones too. */
export const Selection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(Id).min(1).max(1000) }),
  Narrowing.extend({ kind: z.literal('matching'), except: z.array(Id).max(1000).default([]) }),
  z.object({ kind: z.literal('everyone') }),
])
export type Selection = z.infer<typeof Selection>
