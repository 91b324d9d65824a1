import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { operatorsOf, type FieldKind, type Operator } from '#contract/filter-words.ts'
import type { Condition, ConditionValue } from '#contract/filter.ts'

/** What a row of the builder asks: an operator, or one with a value that counts days back from today. */
export type Ask = Operator | 'inLastDays'

export const asksOf = (kind: FieldKind): readonly Ask[] =>
  kind === 'moment' || kind === 'date' ? ['inLastDays', ...operatorsOf[kind]] : operatorsOf[kind]

export function askOf({ operator, value }: Condition): Ask {
  return operator === 'isTimestampAfter' && typeof value === 'string' && /^-\d*d$/.test(value) ? 'inLastDays' : operator
}

/** The condition that asks this, keeping the value where it still fits. */
export function asking(condition: Condition, ask: Ask): Condition {
  const { field, value } = condition
  if (ask === 'inLastDays') return { field, operator: 'isTimestampAfter', value: '-7d' }
  const [before, after] = [shapeOf(askOf(condition)), shapeOf(ask)]
  return { field, operator: ask, ...(before === after && value !== undefined ? { value } : startOf(after)) }
}

export type Shape = 'none' | 'one' | 'many' | 'both' | 'days'

export function shapeOf(ask: Ask): Shape {
  if (ask === 'inLastDays') return 'days'
  if (ask === 'exists' || ask === 'doesNotExist') return 'none'
  if (ask.startsWith('has')) return 'many'
  return ask.endsWith('Between') ? 'both' : 'one'
}

function startOf(shape: Shape): { value?: ConditionValue } {
  if (shape === 'many') return { value: [] }
  return shape === 'both' ? { value: { from: '', to: '' } } : {}
}

export function askWords(ask: Ask, kind: FieldKind, i18n: I18n): string {
  switch (ask) {
    case 'inLastDays':
      return i18n._(msg({ message: 'in the last', context: 'filter' }))
    case 'isEqualTo':
      return i18n._(msg({ message: 'is', context: 'filter' }))
    case 'isNotEqualTo':
      return i18n._(msg({ message: 'is not', context: 'filter' }))
    case 'isTimestampAfter':
      return i18n._(msg({ message: 'after', context: 'filter' }))
    case 'isTimestampBefore':
      return i18n._(msg({ message: 'before', context: 'filter' }))
    case 'isTimestampBetween':
    case 'isBetween':
      return i18n._(msg({ message: 'between', context: 'filter' }))
    case 'exists':
      return i18n._(msg({ message: 'has a value', context: 'filter' }))
    case 'doesNotExist':
      return i18n._(msg({ message: 'is empty', context: 'filter' }))
    case 'isGreaterThan':
      return i18n._(msg({ message: 'more than', context: 'filter' }))
    case 'isLessThan':
      return i18n._(msg({ message: 'less than', context: 'filter' }))
    case 'hasAnyOf':
      return kind === 'set' || kind === 'kinds'
        ? i18n._(msg({ message: 'has any of', context: 'filter' }))
        : i18n._(msg({ message: 'is any of', context: 'filter' }))
    case 'hasAllOf':
      return i18n._(msg({ message: 'has all of', context: 'filter' }))
    case 'hasNoneOf':
      return i18n._(msg({ message: 'has none of', context: 'filter' }))
  }
}
