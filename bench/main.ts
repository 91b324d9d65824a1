import { writeFileSync } from 'node:fs'
import { explainAndExit, stopOnSignal } from '../server/start-ficha.ts'
import { closeBrowser } from '../e2e/browser.ts'
import { compareSizes } from './compare-sizes.ts'
import { readOptions } from './read-options.ts'
import { judgeMachine } from './measure/judge-machine.ts'
import { printTable, worstOf, type Ratio, type Run } from './report.ts'
import { channels } from './scenarios/channels.ts'
import { deletion } from './scenarios/delete.ts'
import { drawer } from './scenarios/drawer.ts'
import { exporting } from './scenarios/export.ts'
import { importing } from './scenarios/import.ts'
import { inbound } from './scenarios/inbound.ts'
import { edit } from './scenarios/edit.ts'
import { filter, list, search, segment } from './scenarios/lists.ts'
import { merge } from './scenarios/merge.ts'
import { workflow } from './scenarios/workflow.ts'
import { suggest } from './scenarios/suggest.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { endInOrder } from './stage/end-in-order.ts'
import { openStage } from './stage/open-stage.ts'

/** `npm run bench`: see docs/benchmarks.md. */
const scenarios: Readonly<Record<string, Scenario>> = {
  inbound,
  drawer,
  merge,
  suggest,
  list,
  filter,
  search,
  segment,
  edit,
  delete: deletion,
  import: importing,
  export: exporting,
  workflow,
  channels,
}
const concurrencies = [1, 16]

async function bench(args: string[]): Promise<void> {
  const { names, contacts, json } = readOptions(args, Object.keys(scenarios))
  const machine = await judgeMachine()
  console.log('this machine, now:', machine)
  const runs: Run[] = []
  const ratios: Ratio[] = []
  let ending = endInOrder()
  stopOnSignal(() => ending.end())
  try {
    for (const count of contacts) {
      ending = endInOrder()
      ending.add(closeBrowser)
      try {
        const stage = await openStage(count, ending, console.log)
        for (const name of names) {
          for (const concurrency of concurrencies) {
            console.log(`${name}, ${count} contacts, ${concurrency} at once …`)
            const found = await scenarios[name]!(stage, concurrency)
            runs.push(...found.runs)
            ratios.push(...found.ratios)
          }
        }
      } finally {
        await ending.end()
      }
    }
  } finally {
    // what was measured before something went wrong was measured
    const worst = worstOf([...ratios, ...compareSizes(runs)])
    printTable(runs, worst)
    if (json !== null) writeFileSync(json, `${JSON.stringify({ machine, runs, ratios: worst }, null, 2)}\n`)
  }
}

await bench(process.argv.slice(2)).catch(explainAndExit)
