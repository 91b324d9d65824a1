import { atMost, type Ratio, type Run } from './report.ts'
import { flat } from './scenarios/lists.ts'
import { changed } from './scenarios/suggest.ts'

/** What the same act costs among few contacts and among a million, where a run measured both; one at once. */
export function compareSizes(runs: readonly Run[]): Ratio[] {
  const find = (scenario: string, operation: string, contacts: number) =>
    runs.find(
      (run) =>
        run.scenario === scenario && run.operation === operation && run.contacts === contacts && run.concurrency === 1,
    )
  const ratios: Ratio[] = []
  const compare = (
    { scenario, operation }: { scenario: string; operation: string },
    few: number,
    aim: number,
    figure: 'p50_ms' | 'p95_ms',
  ) => {
    const [small, large] = [find(scenario, operation, few), find(scenario, operation, 1_000_000)]
    if (small !== undefined && large !== undefined)
      ratios.push(
        atMost(aim, `${scenario}: ${operation}, among 1 000 000 / among ${few}`, large[figure] / small[figure]),
      )
  }
  compare({ scenario: 'suggest', operation: changed }, 50_000, 1.2, 'p50_ms')
  for (const one of flat) compare(one, 10_000, 1.5, 'p95_ms')
  return ratios
}
