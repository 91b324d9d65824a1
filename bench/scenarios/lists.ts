import type { Filter } from '../../contract/filter.ts'
import { measureCalls, type Asked } from '../measure/measure-calls.ts'
import { atMost } from '../report.ts'
import { fillDetails } from '../stage/fill-details.ts'
import { personAt } from '../stage/person.ts'
import type { Scenario } from './scenario.ts'

const sorts = ['added', 'name', 'lastMessage', 'country', '#1'] as const
const many = 1_000_000
const firstPages = 'first pages'
const deepPages = 'deep pages'
const lookUp = 'whoever has an e-mail or a phone'

/** What stays as fast among a million contacts as among ten thousand. */
export const flat = [
  { scenario: 'list', operation: firstPages },
  { scenario: 'list', operation: deepPages },
  { scenario: 'search', operation: lookUp },
] as const

/** Pages of the Contacts table: the first, and from anywhere, by five orders. */
export const list: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return measureCalls(stage, { scenario: 'list', concurrency }, async ({ ask, took }) => {
    const first = await took(firstPages, 300, (at) => ({ sort: sorts[at % sorts.length] }))
    const cursors: Asked[] = []
    for (const sort of sorts) {
      let cursor: unknown = null
      for (let page = 0; page < 40; page++) {
        const answer = await ask({ sort, cursor, limit: 100 })
        cursor = answer['next']
        if (cursor === null) break
        cursors.push({ sort, cursor })
      }
    }
    const deep = await took(deepPages, 300, (at) => cursors[at % Math.max(1, cursors.length)] ?? {})
    return { runs: [first, deep], ratios: [] }
  })
}

const condition = (field: string, operator: string, value?: unknown) => ({ field, operator, value }) as never
/** Twenty pairs of conditions: rare and common, both and either, tags, custom fields, dates, missing values. */
export const filters: readonly Filter[] = [
  { and: [condition('tag', 'hasAnyOf', [1]), condition('country', 'isEqualTo', 'ES')] },
  { and: [condition('tag', 'hasAnyOf', [12]), condition('country', 'isEqualTo', 'UY')] },
  { or: [condition('tag', 'hasAnyOf', [11]), condition('country', 'isEqualTo', 'UY')] },
  { or: [condition('tag', 'hasAnyOf', [1]), condition('#1', 'isGreaterThan', 900)] },
  { and: [condition('#1', 'isBetween', { from: 990, to: 999 }), condition('tag', 'hasNoneOf', [1])] },
  { and: [condition('#2', 'isTimestampAfter', '2026-10-01'), condition('#5', 'isEqualTo', true)] },
  { and: [condition('#3', 'hasAnyOf', ['Oro']), condition('language', 'isEqualTo', 'es')] },
  { and: [condition('#4', 'isEqualTo', 'Pedido 77'), condition('phone', 'exists')] },
  { or: [condition('#4', 'isEqualTo', 'pedido 4242'), condition('#6', 'isLessThan', 2)] },
  { and: [condition('#6', 'exists'), condition('#1', 'doesNotExist')] },
  { and: [condition('email', 'doesNotExist'), condition('country', 'isEqualTo', 'MX')] },
  { and: [condition('status', 'isEqualTo', 'open'), condition('tag', 'hasAnyOf', [8, 9])] },
  { and: [condition('created', 'isTimestampAfter', '-3d'), condition('tag', 'hasAllOf', [1, 2])] },
  { and: [condition('lastMessage', 'isTimestampAfter', '-1d'), condition('country', 'isNotEqualTo', 'ES')] },
  { and: [condition('sinceIncoming', 'isLessThan', '12h'), condition('#3', 'isEqualTo', 'Nuevo')] },
  { and: [condition('assignee', 'exists'), condition('country', 'hasAnyOf', ['JP', 'CN'])] },
  { or: [condition('name', 'isEqualTo', 'Marta Núñez'), condition('tag', 'hasAnyOf', [12])] },
  { and: [condition('tag', 'hasAllOf', [3, 4]), condition('#1', 'isLessThan', 100)] },
  { and: [condition('tag', 'doesNotExist'), condition('#2', 'doesNotExist')] },
  { and: [condition('language', 'isEqualTo', 'fr'), condition('created', 'isTimestampBefore', '-89d')] },
]

/** The first page of each of twenty filters, in two orders. */
export const filter: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return measureCalls(stage, { scenario: 'filter', concurrency }, async ({ took }) => {
    const run = await took('first page of a filter', 400, (at) => ({
      filter: filters[at % filters.length],
      sort: at % 40 < 20 ? 'lastMessage' : 'name',
    }))
    const isWhole = stage.contacts >= many && concurrency === 1
    return {
      runs: [run],
      ratios: isWhole ? [atMost(100, 'first page of a filter at a million, p95 in ms', run.p95_ms)] : [],
    }
  })
}

const words = ['ana', 'mar', 'lucía', 'núñez', 'garcía muñoz', 'богдан', "o'con", 'mei', 'nadie aquí']
const shortWords = ['a', 'zo', 'm', 'лу', 'ñu', '7']

/** The search box: parts of names and phones; one and two letters; whoever has an e-mail or a phone. */
export const search: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return measureCalls(stage, { scenario: 'search', concurrency }, async ({ took }) => {
    const someone = (at: number) => personAt((at * 7919) % stage.contacts)
    const parts = await took('parts of names and phones', 330, (at) => {
      const asked = [...words, someone(at).phone.slice(-7)]
      return { q: asked[at % asked.length] }
    })
    const short = await took('one and two letters', 120, (at) => ({ q: shortWords[at % shortWords.length] }))
    const whole = await took(lookUp, 300, (at) => ({ q: at % 2 === 0 ? someone(at).email : someone(at).phone }))
    const isWhole = stage.contacts >= many && concurrency === 1
    return {
      runs: [parts, short, whole],
      ratios: isWhole ? [atMost(60, 'search at a million, p95 in ms', parts.p95_ms)] : [],
    }
  })
}

/** All segments with their counts, which other work makes old again and again; then what is in one. */
export const segment: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return measureCalls(stage, { scenario: 'segment', concurrency }, async ({ ask, took }) => {
    const { items } = await ask({}, '/rpc/segments/list')
    if ((items as unknown[]).length < filters.length)
      for (const [at, one] of filters.entries())
        await ask({ name: `Segmento ${at + 1}`, filter: one }, '/rpc/segments/create')
    const all = await took('all segments with their counts', 300, () => ({}), '/rpc/segments/list')
    const one = await took('first page of a segment', 400, (at) => ({ filter: filters[at % filters.length] }))
    return { runs: [all, one], ratios: [] }
  })
}
