import { filterFields, kindOfType, operatorsOf, type FieldKind, type FilterField } from '#contract/filter-words.ts'
import type { Condition, ConditionValue, Filter, FilterNode } from '#contract/filter.ts'
import type { FieldProblem } from '#contract/errors.ts'
import { phoneKey } from '../../identity/phone-key.ts'
import { foldText } from '../fold-text.ts'
import { sortName } from '../sort-name.ts'
import type { Atom, FilterContext, Plan, Range, RangedSource, ScalarSource, SetSource } from './filter-plan.ts'
import { dayNamed, dayText, momentIn, nextDay, todayIn } from './local-moment.ts'

/** What a filter comes to, with each condition that makes no sense named by its path: `filter.and.0.or.2.value`. */
export function planFilter(
  filter: Filter,
  context: FilterContext,
  path = 'filter',
): { plan: Plan; problems: FieldProblem[] } {
  const problems: FieldProblem[] = []
  const refuse = (at: string, reason: string, message: string): Plan => {
    problems.push({ path: at, reason, message })
    return { any: [] }
  }
  const walk = (node: FilterNode, at: string): Plan => {
    if ('field' in node)
      return planCondition(node, context, (part, reason, message) => refuse(`${at}.${part}`, reason, message))
    const [word, items] = 'and' in node ? (['and', node.and] as const) : (['or', node.or] as const)
    const plans = items.map((item, index) => walk(item, `${at}.${word}.${index}`))
    // a group without conditions holds for everyone
    return word === 'and' || plans.length === 0 ? { all: plans } : { any: plans }
  }
  return { plan: walk(filter, path), problems }
}

type Refuse = (part: 'field' | 'operator' | 'value', reason: string, message: string) => Plan

function planCondition(condition: Condition, context: FilterContext, refuse: Refuse): Plan {
  const { field, operator } = condition
  const asked = resolveField(field, context)
  if (asked === null) return refuse('field', 'unknown', `There is no field ${field}.`)
  const { kind } = asked
  if (!operatorsOf[kind].includes(operator))
    return refuse('operator', 'unsupported', `Ask this field one of: ${operatorsOf[kind].join(', ')}.`)
  const value = condition.value ?? null
  if (operator === 'exists' || operator === 'doesNotExist') {
    if (value !== null) return refuse('value', 'unexpected', 'This operator takes no value.')
    return { of: asked.of, test: { is: 'present' }, not: operator === 'doesNotExist' }
  }
  if (value === null) return refuse('value', 'required', 'This operator needs a value.')
  const not = operator === 'isNotEqualTo' || operator === 'hasNoneOf'
  const between = operator === 'isBetween' || operator === 'isTimestampBetween'
  const many = operator === 'hasAnyOf' || operator === 'hasAllOf' || operator === 'hasNoneOf'
  if (many) {
    if (!Array.isArray(value) || value.length === 0)
      return refuse('value', 'format', 'Send a list of at least one value.')
    const read = value.map((one) => readOne(kind, field, one))
    if (read.includes(null)) return refuse('value', 'format', wanted(kind, field))
    const values = read as (string | number)[]
    const aliased = values.map((one) => [one, ...aliasesOf(field, one, context)])
    return operator === 'hasAllOf'
      ? ({ of: asked.of, test: { is: 'all', groups: aliased }, not } as Atom)
      : { of: asked.of, test: { is: 'in', values: aliased.flat() }, not }
  }
  if (between) {
    if (typeof value !== 'object' || Array.isArray(value))
      return refuse('value', 'format', 'Send both ends: from and to.')
    const [from, to] = [readSpan(kind, value.from, context), readSpan(kind, value.to, context)]
    if (from === null || to === null) return refuse('value', 'format', wanted(kind, field))
    if (kind === 'age')
      return {
        of: asked.of as RangedSource,
        test: { is: 'range', from: closed(to.start), to: closed(from.start) },
        not,
      }
    if (from.start > to.start) return refuse('value', 'order', 'The beginning lies after the end.')
    return {
      of: asked.of as RangedSource,
      test: { is: 'range', from: closed(from.start), to: to.end === null ? closed(to.start) : open(to.end) },
      not,
    }
  }
  if (typeof value === 'object') return refuse('value', 'format', 'Send a single value.')
  const range = rangeOf(operator, kind, value, context)
  if (range === 'unreadable') return refuse('value', 'format', wanted(kind, field))
  if (range !== null) return { of: asked.of as RangedSource, test: range, not }
  const one = kind === 'date' ? readDay(value, context) : readOne(kind, field, value)
  return one === null
    ? refuse('value', 'format', wanted(kind, field))
    : { of: asked.of, test: { is: 'in', values: [one] }, not }
}

/** What stands for a value as well: another number of a tag; 0, by which somebody wants no channel at all. */
function aliasesOf(field: string, value: string | number, { tagAliases }: FilterContext): readonly number[] {
  if (field === 'optOut') return [0]
  return field === 'tag' ? (tagAliases.get(Number(value)) ?? []) : []
}

interface Asked {
  readonly kind: FieldKind
  readonly of: ScalarSource | SetSource | RangedSource
}

function resolveField(field: string, { types }: FilterContext): Asked | null {
  if (!field.startsWith('#')) {
    if (!Object.hasOwn(filterFields, field)) return null
    const kind = filterFields[field as FilterField]
    const of = field === 'sinceIncoming' ? 'lastIncoming' : (field as ScalarSource)
    return { kind, of }
  }
  const fieldId = /^#[1-9]\d{0,14}$/.test(field) ? Number(field.slice(1)) : 0
  const type = types.get(fieldId)
  if (type === undefined || !Object.hasOwn(kindOfType, type)) return null
  const kind = kindOfType[type as keyof typeof kindOfType]
  const as = kind === 'text' ? 'folded' : kind
  return { kind, of: { fieldId, as } as ScalarSource }
}

const codes: Readonly<Record<string, RegExp>> = {
  country: /^[A-Z]{2}$/,
  language: /^[a-z]{2}(-[A-Z]{2})?$/,
  status: /^(open|snoozed|closed)$/,
}

/** How custom text is compared: folded as the search folds, and no longer than its index. */
export const foldValue = (value: string): string => [...foldText(value).trim()].slice(0, 200).join('')

function readOne(kind: FieldKind, field: string, value: ConditionValue): string | number | boolean | null {
  switch (kind) {
    case 'text':
      if (typeof value !== 'string') return null
      if (field === 'phone') return phoneKey(value).e164
      if (field === 'email') return value.trim().toLowerCase()
      return field === 'name'
        ? sortName({ first_name: value.trim(), last_name: null, profile_name: null, phone: null, email: null })
        : foldValue(value)
    case 'code':
      return typeof value === 'string' && codes[field]?.test(value) === true ? value : null
    case 'choice':
    case 'set':
      return isId(value) ? Number(value) : null
    case 'kinds':
      return typeof value === 'string' ? value : null
    case 'option':
      return typeof value === 'string' ? value : null
    case 'checkbox':
      return value === true || value === 'true' ? true : value === false || value === 'false' ? false : null
    case 'number':
      return readNumber(value)
    case 'time':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : null
    case 'date':
    case 'moment':
    case 'age':
      return null
  }
}

const isId = (value: ConditionValue) =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) ||
  (typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value))

function readNumber(value: ConditionValue): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? Number(value) : null
}

function readDay(value: ConditionValue, { timeZone, now }: FilterContext): string | null {
  const at = typeof value === 'string' ? dayNamed(value, todayIn(timeZone, now)) : null
  return at === null ? null : dayText(at)
}

interface Span {
  readonly start: number | string
  /** Where what follows it begins; null for a point. */
  readonly end: number | string | null
}

/** Where a value begins and ends: a day lasts until the next. */
function readSpan(kind: FieldKind, value: ConditionValue, context: FilterContext): Span | null {
  const { timeZone, now } = context
  if (kind === 'number' || kind === 'time') {
    const start = readOne(kind, '', value)
    return typeof start === 'number' || typeof start === 'string' ? { start, end: null } : null
  }
  if (typeof value !== 'string') return null
  if (kind === 'age') {
    const age = /^(\d{1,5})(m|h|d)$/.exec(value)
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[age?.[2] ?? ''] ?? 0
    return age === null ? null : { start: now.getTime() - Number(age[1]) * unit, end: null }
  }
  const at = dayNamed(value, todayIn(timeZone, now))
  if (kind === 'date') return at === null ? null : { start: dayText(at), end: dayText(nextDay(at)) }
  if (at !== null) return { start: momentIn(timeZone, at), end: momentIn(timeZone, nextDay(at)) }
  const clock = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)$/.exec(value)
  const on = clock === null ? null : dayNamed(clock[1]!, 0)
  return on === null
    ? null
    : { start: momentIn(timeZone, on + (Number(clock![2]) * 60 + Number(clock![3])) * 60_000), end: null }
}

const open = (at: number | string) => ({ at, included: false })
const closed = (at: number | string) => ({ at, included: true })

/** Null for an operator that asks for no range. */
function rangeOf(
  operator: string,
  kind: FieldKind,
  value: ConditionValue,
  context: FilterContext,
): Range | null | 'unreadable' {
  const after = operator === 'isGreaterThan' || operator === 'isTimestampAfter'
  if (!after && operator !== 'isLessThan' && operator !== 'isTimestampBefore') return null
  const span = readSpan(kind, value, context)
  if (span === null) return 'unreadable'
  const { start, end } = span
  // longer ago is earlier
  if (kind === 'age') return after ? { is: 'range', to: open(start) } : { is: 'range', from: open(start) }
  if (!after) return { is: 'range', to: open(start) }
  return { is: 'range', from: end === null ? open(start) : closed(end) }
}

function wanted(kind: FieldKind, field: string): string {
  switch (kind) {
    case 'code':
      return (
        { country: 'Send a country as two capitals: ES.', language: 'Send a language as es or pt-BR.' }[field] ??
        'Send open, snoozed or closed.'
      )
    case 'choice':
    case 'set':
      return 'Send the number of one that the workspace has.'
    case 'number':
      return 'Send a number.'
    case 'checkbox':
      return 'Send true or false.'
    case 'date':
      return 'Send a day as 2026-05-03, or -7d for seven days ago.'
    case 'moment':
      return 'Send a day as 2026-05-03, a moment as 2026-05-03T14:30, or -7d for seven days ago.'
    case 'time':
      return 'Send a time as 14:30.'
    case 'age':
      return 'Send a length of time as 45m, 12h or 3d.'
    case 'text':
      return field === 'phone' ? 'Send a phone with its country code: +34600000142.' : 'Send text.'
    case 'option':
    case 'kinds':
      return 'Send text.'
  }
}
