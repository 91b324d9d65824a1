import { round, type Run } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'
import { openCaller } from './open-caller.ts'
import { readProcess } from './read-process.ts'
import { describeRun } from './take-turns.ts'

/** The input of a call. */
export type Asked = Record<string, unknown>

export interface Calls {
  /** One call that is not measured, with its answer. */
  ask(asked: Asked, path?: string): Promise<Asked>
  /** So many calls in a row, after some that do not count. `asked` gives the input of each by its number. */
  took(name: string, count: number, asked: (at: number) => Asked, path?: string): Promise<Run>
}

const listing = '/rpc/contacts/list'
const warmUps = 60

/** Calls the server's procedures as a browser does, so many at once; the pages of contacts where no other is named. */
export async function measureCalls<Found>(
  stage: Stage,
  { scenario, concurrency }: { scenario: string; concurrency: number },
  measure: (calls: Calls) => Promise<Found>,
): Promise<Found> {
  const caller = openCaller(stage.url, concurrency)
  const headers = { ...stage.headers, 'content-type': 'application/json' }
  const call = (worker: number, asked: Asked, path: string) =>
    caller.ask(worker, { method: 'POST', path, headers, body: JSON.stringify({ json: asked }) })
  try {
    return await measure({
      async ask(asked, path = listing) {
        const { text } = await call(0, asked, path)
        return (JSON.parse(text) as { json: Asked }).json
      },
      async took(name, count, asked, path = listing) {
        for (let at = 0; at < warmUps; at++) await call(0, asked(at), path)
        const times: number[] = []
        const before = readProcess(stage.serverPid)
        const start = performance.now()
        let next = 0
        const work = async (worker: number) => {
          while (next < count) times.push((await call(worker, asked(next++), path)).took)
        }
        await Promise.all(Array.from({ length: concurrency }, (_, worker) => work(worker)))
        const seconds = (performance.now() - start) / 1000
        const after = readProcess(stage.serverPid)
        const known = before !== null && after !== null
        return {
          ...describeRun(name, { scenario, contacts: stage.contacts, concurrency }, times),
          per_s: round(count / seconds),
          cpu_ms_per_op: known ? round((after.cpuMs - before.cpuMs) / count) : null,
          rss_mb: known ? round(after.rssMb) : null,
        }
      },
    })
  } finally {
    await caller.close()
  }
}
