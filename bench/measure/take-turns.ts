import { round, type Run } from '../report.ts'
import { readProcess, type ProcessReading } from './read-process.ts'

/** Something whose time is taken. */
export interface Operation {
  readonly name: string
  /**
   * The process that does it, for its CPU and memory. Where another operation of the same turns is its too, what it leaves
   * to be done behind its back does not count.
   */
  readonly pid: number
  /** Puts things as it needs them before a turn; neither its time nor its CPU counts. */
  readonly prepare?: () => Promise<void>
  /** Does it once and says how many milliseconds it took. */
  readonly once: (worker: number) => Promise<number>
  /** Waits for the work that it has left behind; its CPU counts, its time does not. */
  readonly settle?: () => Promise<void>
}

interface Turns {
  readonly scenario: string
  readonly contacts: number
  readonly concurrency: number
  /** Each operation has its turn once a round. */
  readonly rounds: number
  /** Rounds before those, which do not count: code gets faster the more often it has run. */
  readonly warmUps: number
  readonly perTurn: number
}

interface Tally {
  readonly latencies: number[]
  errors: number
  wallMs: number
  cpuMs: number | null
  rssMb: number | null
}

/**
 * Measures operations in turns, the first of one round being the last of the next, so that whatever else the machine does
 * meets all of them: other programs, and what an operation has left to be done behind its back.
 */
export async function takeTurns(turns: Turns, operations: readonly Operation[]): Promise<Run[]> {
  const sides = operations.map((operation) => ({ operation, tally: emptyTally() }))
  const isAlone = ({ pid }: Operation) => operations.filter((other) => other.pid === pid).length === 1
  for (let round = -turns.warmUps; round < turns.rounds; round++) {
    if (round === 0) for (const side of sides) side.tally = emptyTally()
    const before = sides.map(({ operation }) => readProcess(operation.pid))
    for (const { operation, tally } of round % 2 === 0 ? sides : sides.toReversed()) {
      await operation.prepare?.()
      const start = readProcess(operation.pid)
      await takeTurn(operation, turns, tally)
      if (!isAlone(operation)) noteUse(tally, start, readProcess(operation.pid))
    }
    for (const { operation } of sides) await operation.settle?.()
    for (const [at, { operation, tally }] of sides.entries())
      if (isAlone(operation)) noteUse(tally, before[at] ?? null, readProcess(operation.pid))
  }
  return sides.map(({ operation, tally }) => describe(operation.name, turns, tally))
}

const emptyTally = (): Tally => ({ latencies: [], errors: 0, wallMs: 0, cpuMs: 0, rssMb: 0 })

async function takeTurn({ once }: Operation, { concurrency, perTurn }: Turns, tally: Tally): Promise<void> {
  const start = performance.now()
  let left = perTurn
  const work = async (worker: number) => {
    while (left-- > 0) {
      try {
        tally.latencies.push(await once(worker))
      } catch (error) {
        if (tally.errors++ === 0) console.error(error instanceof Error ? error.message : error)
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, (_, worker) => work(worker)))
  tally.wallMs += performance.now() - start
}

function noteUse(tally: Tally, before: ProcessReading | null, after: ProcessReading | null): void {
  const known = before !== null && after !== null && tally.cpuMs !== null && tally.rssMb !== null
  tally.cpuMs = known ? tally.cpuMs! + after.cpuMs - before.cpuMs : null
  tally.rssMb = known ? Math.max(tally.rssMb!, after.rssMb) : null
}

/** One operation after the other, by the milliseconds that each took. */
export const describeRun = (
  operation: string,
  turns: Pick<Turns, 'scenario' | 'contacts' | 'concurrency'>,
  latencies: readonly number[],
): Run =>
  describe(operation, turns, {
    latencies: [...latencies],
    errors: 0,
    wallMs: latencies.reduce((sum, took) => sum + took, 0),
    cpuMs: null,
    rssMb: null,
  })

function describe(
  operation: string,
  { scenario, contacts, concurrency }: Pick<Turns, 'scenario' | 'contacts' | 'concurrency'>,
  tally: Tally,
): Run {
  const { latencies, errors, wallMs, cpuMs, rssMb } = tally
  const n = latencies.length
  return {
    scenario,
    operation,
    contacts,
    concurrency,
    n,
    p50_ms: round(percentile(latencies, 50)),
    p95_ms: round(percentile(latencies, 95)),
    per_s: round((n / wallMs) * 1000),
    cpu_ms_per_op: cpuMs === null || n === 0 ? null : round(cpuMs / n),
    rss_mb: rssMb === null ? null : round(rssMb),
    errors,
  }
}

/** The smallest value that so many percent do not exceed; 0 of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0
}
