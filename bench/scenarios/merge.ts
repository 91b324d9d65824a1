import { openCaller, type Caller } from '../measure/open-caller.ts'
import { takeTurns, type Operation } from '../measure/take-turns.ts'
import { atMost } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'
import { tellLongStories } from '../stage/tell-long-stories.ts'
import type { Scenario } from './scenario.ts'

/** Two contacts that become one and two again, turn about. */
interface Couple {
  readonly ids: readonly [number, number]
  readonly survivorId: number
  mergeId: number | null
}

const couplesEach = 4
const lengths = [10, 100_000]

/**
 * Contacts are merged and parted again: some who have exchanged ten messages with people, beside some who have exchanged a
 * hundred thousand. In half of the couples the one with the many is who is absorbed.
 */
export const merge: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  const server = openCaller(stage.url, concurrency)
  try {
    const operations: Operation[] = []
    for (const [at, length] of lengths.entries()) {
      const couples = coupleUp(1 + at * couplesEach * 2)
      await tellLongStories(
        stage,
        couples.map(({ ids }) => ids[0]),
        length,
      )
      const messages = `${length.toLocaleString('fr').replaceAll(' ', ' ')} messages`
      operations.push(
        turnAbout(`merge, ${messages}`, stage, server, couples, 'merge'),
        turnAbout(`undo, ${messages}`, stage, server, couples, 'undo'),
      )
    }
    const turns = { scenario: 'merge', contacts: stage.contacts, concurrency, rounds: 40, warmUps: 20 }
    const runs = await takeTurns({ ...turns, perTurn: couplesEach }, operations)
    const [merged, undone, mergedLong, undoneLong] = runs
    const ratio = (long: typeof merged, short: typeof merged) => (long?.p50_ms ?? NaN) / (short?.p50_ms ?? NaN)
    return {
      runs,
      ratios: [
        atMost(1.3, 'merge, 100 000 messages / 10 messages', ratio(mergedLong, merged)),
        atMost(1.3, 'undo, 100 000 messages / 10 messages', ratio(undoneLong, undone)),
        atMost(25, 'merge of 100 000 messages, p95 in ms', mergedLong?.p95_ms ?? NaN),
        atMost(25, 'undo of 100 000 messages, p95 in ms', undoneLong?.p95_ms ?? NaN),
      ],
    }
  } finally {
    await server.close()
  }
}

const coupleUp = (from: number): Couple[] =>
  Array.from({ length: couplesEach }, (_, at) => {
    const ids = [from + at, from + couplesEach + at] as const
    return { ids, survivorId: ids[at % 2]!, mergeId: null }
  })

/** Merges or parts one couple after the other; what has to stand the other way round before does not count. */
function turnAbout(
  name: string,
  stage: Stage,
  server: Caller,
  couples: readonly Couple[],
  act: 'merge' | 'undo',
): Operation {
  let next = 0
  const put = async (couple: Couple, to: 'merge' | 'undo', worker: number): Promise<number> => {
    const json =
      to === 'merge' ? { contactIds: couple.ids, survivorId: couple.survivorId } : { mergeId: couple.mergeId }
    const { took, text } = await server.ask(worker, {
      method: 'POST',
      path: `/rpc/merging/${to}`,
      headers: { ...stage.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ json }),
    })
    couple.mergeId = to === 'merge' ? (JSON.parse(text) as { json: { mergeId: number } }).json.mergeId : null
    return took
  }
  return {
    name,
    pid: stage.serverPid,
    prepare: async () => {
      for (const couple of couples)
        if ((couple.mergeId === null) !== (act === 'merge')) await put(couple, act === 'merge' ? 'undo' : 'merge', 0)
    },
    once: (worker) => put(couples[next++ % couples.length]!, act, worker),
  }
}
