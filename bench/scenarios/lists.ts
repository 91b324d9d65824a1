import type { Filter } from '../../contract/filter.ts'
import { openCaller } from '../measure/open-caller.ts'
import { describeRun } from '../measure/take-turns.ts'
import { atMost, round, type Run } from '../report.ts'
import { fillDetails } from '../stage/fill-details.ts'
import type { Stage } from '../stage/open-stage.ts'
import { personAt } from '../stage/person.ts'
import type { Scenario } from './scenario.ts'

type Asked = Record<string, unknown>
const sorts = ['added', 'name', 'lastMessage', 'country', '#1'] as const
const many = 1_000_000

/** Pages of the Contacts table: the first, and from anywhere, by five orders. */
export const list: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return open(stage, 'list', concurrency, async (ask, took) => {
    const first = await took('first pages', 300, (at) => ({ sort: sorts[at % sorts.length] }))
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
    const deep = await took('deep pages', 300, (at) => cursors[at % Math.max(1, cursors.length)] ?? {})
    return { runs: [first, deep], ratios: [] }
  })
}

const condition = (field: string, operator: string, value?: unknown) => ({ field, operator, value }) as never
/** Twenty pairs of conditions: rare and common, both and either, tags, custom fields, dates, missing values. */
const filters: readonly Filter[] = [
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
  return open(stage, 'filter', concurrency, async (_ask, took) => {
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

const words = ['ana', 'mar', 'lucía', 'núñez', 'garcía muñoz', 'богдан', "o'con", 'zo', 'a', 'mei', 'nadie aquí']

/** The search box: parts of names, one and two letters, e-mails, phones, and what nobody is called. */
export const search: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return open(stage, 'search', concurrency, async (_ask, took) => {
    const run = await took('search', 330, (at) => {
      const { email, phone } = personAt((at * 7919) % stage.contacts)
      const asked = [...words, email, phone, phone.slice(-7)]
      return { q: asked[at % asked.length] }
    })
    const isWhole = stage.contacts >= many && concurrency === 1
    return { runs: [run], ratios: isWhole ? [atMost(60, 'search at a million, p95 in ms', run.p95_ms)] : [] }
  })
}

type Took = (name: string, count: number, asked: (at: number) => Asked) => Promise<Run>
type Found = Awaited<ReturnType<Scenario>>

/** Asks the server for pages, so many at once. */
async function open(
  stage: Stage,
  scenario: string,
  concurrency: number,
  measure: (ask: (asked: Asked) => Promise<Asked>, took: Took) => Promise<Found>,
): Promise<Found> {
  const caller = openCaller(stage.url, concurrency)
  const headers = { ...stage.headers, 'content-type': 'application/json' }
  const call = (worker: number, asked: Asked) =>
    caller.call(worker, { method: 'POST', path: '/rpc/contacts/list', headers, body: JSON.stringify({ json: asked }) })
  const ask = async (asked: Asked) => {
    const answer = await fetch(`${stage.url}/rpc/contacts/list`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ json: asked }),
    })
    return ((await answer.json()) as { json: Asked }).json
  }
  const took: Took = async (name, count, asked) => {
    for (let at = 0; at < 60; at++) await call(0, asked(at))
    const times: number[] = []
    const start = performance.now()
    let next = 0
    const work = async (worker: number) => {
      while (next < count) times.push(await call(worker, asked(next++)))
    }
    await Promise.all(Array.from({ length: concurrency }, (_, worker) => work(worker)))
    const run = describeRun(name, { scenario, contacts: stage.contacts, concurrency }, times)
    return { ...run, per_s: round((count / (performance.now() - start)) * 1000) }
  }
  try {
    return await measure(ask, took)
  } finally {
    await caller.close()
  }
}
