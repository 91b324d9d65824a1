// pure
import type { Atom, Plan, Range } from './filter-plan.ts'

/** A contact as far as filters ask. Sets empty and values null where there is none; moments in milliseconds. */
export interface Filtered {
  /** The sort name, null where the contact has no name of its own. */
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly country: string | null
  readonly language: string | null
  readonly status: string | null
  readonly assignee: number | null
  readonly team: number | null
  readonly lifecycle: number | null
  readonly lastChannel: number | null
  readonly tag: readonly number[]
  readonly channel: readonly number[]
  readonly channelKind: readonly string[]
  /** 0 where it wants to be written to by none. */
  readonly optOut: readonly number[]
  readonly created: number
  readonly lastMessage: number | null
  readonly lastIncoming: number | null
  /** Custom values by field id; text folded. */
  readonly fields: Readonly<Record<string, string | number | boolean>>
}

/** Does the filter hold for a contact? Says the same as `compileFilter`, which a property holds them to. */
export function evaluateFilter(plan: Plan, contact: Filtered): boolean {
  if ('all' in plan) return plan.all.every((part) => evaluateFilter(part, contact))
  if ('any' in plan) return plan.any.some((part) => evaluateFilter(part, contact))
  return holds(plan, contact) !== plan.not
}

function holds({ of, test }: Atom, contact: Filtered): boolean {
  const value = typeof of === 'string' ? contact[of] : (contact.fields[of.fieldId] ?? null)
  const values = Array.isArray(value)
    ? (value as (string | number)[])
    : value === null
      ? []
      : [value as string | number]
  switch (test.is) {
    case 'present':
      return values.length > 0
    case 'in':
      return values.some((one) => test.values.includes(one))
    case 'all':
      return test.groups.every((group) => group.some((one) => values.includes(one)))
    case 'range':
      return values.some((one) => isWithin(one, test))
  }
}

const isWithin = (value: string | number, { from, to }: Range): boolean =>
  (from === undefined || value > from.at || (from.included && value === from.at)) &&
  (to === undefined || value < to.at || (to.included && value === to.at))
