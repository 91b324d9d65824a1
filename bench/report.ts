/** What one operation took, over all of its blocks. */
export interface Run {
  readonly scenario: string
  readonly operation: string
  readonly contacts: number
  readonly concurrency: number
  readonly n: number
  readonly p50_ms: number
  readonly p95_ms: number
  readonly per_s: number
  /** Of the process that answered (the server, or the floor), all its threads; null where the system does not tell. */
  readonly cpu_ms_per_op: number | null
  /** The most that process held in memory. */
  readonly rss_mb: number | null
  readonly errors: number
}

export interface Ratio {
  readonly name: string
  readonly value: number
  readonly aim: number
  readonly holds: boolean
}

/** An aim that was measured, whether it is a ratio to the floor or a figure of its own: `value` must not exceed it. */
export const atMost = (aim: number, name: string, value: number): Ratio => ({
  name,
  value: round(value),
  aim,
  holds: value <= aim,
})

export const round = (value: number): number => Math.round(value * 1000) / 1000

/** One aim, one line: where it was measured several times, the worst counts. */
export function worstOf(ratios: readonly Ratio[]): Ratio[] {
  const worst = new Map<string, Ratio>()
  for (const ratio of ratios) {
    const known = worst.get(ratio.name)
    if (known === undefined || ratio.value > known.value) worst.set(ratio.name, ratio)
  }
  return [...worst.values()]
}

export function printTable(runs: readonly Run[], ratios: readonly Ratio[]): void {
  const columns = ['contacts', 'c', 'n', 'p50 ms', 'p95 ms', 'per s', 'CPU ms', 'RSS MB', 'errors']
  const widths = columns.map((column) => Math.max(column.length, 8))
  const line = (name: string, cells: readonly string[]) =>
    console.log(`${name.padEnd(40)}${cells.map((cell, at) => cell.padStart(widths[at] ?? 8)).join('  ')}`)
  const figure = (value: number | null, digits: number) => (value === null ? '–' : value.toFixed(digits))
  console.log('')
  line('', columns)
  for (const run of runs) {
    line(`${run.scenario}: ${run.operation}`, [
      String(run.contacts),
      String(run.concurrency),
      String(run.n),
      figure(run.p50_ms, 2),
      figure(run.p95_ms, 2),
      figure(run.per_s, 0),
      figure(run.cpu_ms_per_op, 2),
      figure(run.rss_mb, 0),
      String(run.errors),
    ])
  }
  console.log('')
  for (const { name, value, aim, holds } of ratios)
    console.log(`${holds ? 'holds ' : 'MISSED'}  ${name}: ${value.toFixed(2)} (aim ≤ ${aim})`)
}
