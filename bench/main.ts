import { writeFileSync } from 'node:fs'
import { explainAndExit } from '../server/start-ficha.ts'
import { closeBrowser } from '../e2e/browser.ts'
import { readOptions } from './read-options.ts'
import { printTable, worstOf, type Ratio, type Run } from './report.ts'
import { drawer } from './scenarios/drawer.ts'
import { inbound } from './scenarios/inbound.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { openStage } from './stage/open-stage.ts'

/** `npm run bench`: see docs/benchmarks.md. */
const scenarios: Readonly<Record<string, Scenario>> = { inbound, drawer }
const concurrencies = [1, 8]

async function bench(args: string[]): Promise<void> {
  const { names, contacts, json } = readOptions(args, Object.keys(scenarios))
  const runs: Run[] = []
  const ratios: Ratio[] = []
  for (const count of contacts) {
    const stage = await openStage(count, console.log)
    try {
      for (const name of names) {
        for (const concurrency of concurrencies) {
          console.log(`${name}, ${count} contacts, ${concurrency} at once …`)
          const found = await scenarios[name]!(stage, concurrency)
          runs.push(...found.runs)
          ratios.push(...found.ratios)
        }
      }
    } finally {
      await closeBrowser()
      await stage.close()
    }
  }
  const worst = worstOf(ratios)
  printTable(runs, worst)
  if (json !== null) writeFileSync(json, `${JSON.stringify({ runs, ratios: worst }, null, 2)}\n`)
}

await bench(process.argv.slice(2)).catch(explainAndExit)
