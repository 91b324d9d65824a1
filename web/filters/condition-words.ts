import type { I18n } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import type { Condition, FilterNode } from '#contract/filter.ts'
import { askOf, askWords, shapeOf } from './asks.ts'
import { countConditions } from './filter-text.ts'
import type { FilterFieldInfo } from './use-filter-fields.ts'

/** A part of a filter in a few words, for its chip. */
export function nodeWords(
  node: FilterNode,
  fields: readonly FilterFieldInfo[],
  i18n: I18n,
  list: (items: string[]) => string,
): string {
  if ('field' in node) return conditionWords(node, fields, i18n, list)
  const count = countConditions(node)
  return 'or' in node
    ? i18n._(msg`Any of ${plural(count, { one: '# condition', other: '# conditions' })}`)
    : i18n._(msg`All of ${plural(count, { one: '# condition', other: '# conditions' })}`)
}

function conditionWords(
  condition: Condition,
  fields: readonly FilterFieldInfo[],
  i18n: I18n,
  list: (items: string[]) => string,
): string {
  const field = fields.find(({ id }) => id === condition.field)
  const ask = askOf(condition)
  const name = field?.name ?? i18n._(msg`Unknown field`)
  const asked = askWords(ask, field?.kind ?? 'text', i18n)
  const { value } = condition
  const word = (one: unknown) =>
    ageWords(one, i18n) ?? field?.choices?.find(({ id }) => String(id) === String(one))?.name ?? String(one)
  const valueWords =
    shapeOf(ask) === 'none' || value === null || value === undefined
      ? ''
      : shapeOf(ask) === 'days'
        ? ageWords(typeof value === 'string' ? value.slice(1) : '', i18n)
        : Array.isArray(value)
          ? list(value.map(word))
          : typeof value === 'object'
            ? list([word(value.from), word(value.to)])
            : word(value)
  return [name, asked, valueWords ?? ''].filter((part) => part !== '').join(' ')
}

function ageWords(value: unknown, i18n: I18n): string | null {
  const [, digits, unit] = /^(\d+)([mhd])$/.exec(String(value)) ?? []
  if (digits === undefined) return null
  const count = Number(digits)
  if (unit === 'm') return i18n._(msg`${plural(count, { one: '# minute', other: '# minutes' })}`)
  if (unit === 'h') return i18n._(msg`${plural(count, { one: '# hour', other: '# hours' })}`)
  return i18n._(msg`${plural(count, { one: '# day', other: '# days' })}`)
}
