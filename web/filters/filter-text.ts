import { mostConditions } from '#contract/filter-words.ts'
import type { Condition, Filter, FilterNode } from '#contract/filter.ts'

/** A filter as an address holds it. */
export const writeFilter = (filter: Filter): string | undefined =>
  itemsOf(filter).length === 0 ? undefined : JSON.stringify(filter)

/** Null where the text holds none: an old link never breaks a page. The server judges the conditions themselves. */
export function readFilter(text: string | undefined): Filter | null {
  if (text === undefined) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return isGroup(parsed, 1) && countConditions(parsed) <= mostConditions ? parsed : null
  } catch {
    return null
  }
}

export const deepest = 3

function isGroup(value: unknown, depth: number): value is Filter {
  if (typeof value !== 'object' || value === null || depth > deepest) return false
  const entries = Object.entries(value)
  const [word, items] = entries[0] ?? []
  return (
    entries.length === 1 &&
    (word === 'and' || word === 'or') &&
    Array.isArray(items) &&
    items.every((item) => isCondition(item) || isGroup(item, depth + 1))
  )
}

const isCondition = (value: unknown): value is Condition =>
  typeof value === 'object' &&
  value !== null &&
  'field' in value &&
  typeof value.field === 'string' &&
  'operator' in value &&
  typeof value.operator === 'string'

export const itemsOf = (filter: Filter): readonly FilterNode[] => ('and' in filter ? filter.and : filter.or)

export const withItems = (filter: Filter, items: readonly FilterNode[]): Filter =>
  'and' in filter ? { and: [...items] } : { or: [...items] }

export const countConditions = (node: FilterNode): number =>
  'field' in node ? 1 : itemsOf(node).reduce((sum, item) => sum + countConditions(item), 0)

/** What of a filter that is being written can be asked already: conditions without their value wait. */
export function readyPart(filter: Filter): Filter {
  const items = itemsOf(filter).flatMap((item): FilterNode[] => {
    if ('field' in item) return isReady(item) ? [item] : []
    const ready = readyPart(item)
    return itemsOf(ready).length === 0 ? [] : [ready]
  })
  return withItems(filter, items)
}

export function isReady({ operator, value }: Condition): boolean {
  if (operator === 'exists' || operator === 'doesNotExist') return true
  if (value === null || value === undefined || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value !== 'object' || (value.from !== '' && value.to !== '')
}
