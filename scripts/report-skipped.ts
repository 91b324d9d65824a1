import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'
import '../server/testing/unless.ts'

/** Prints each test that was skipped, with the reason; where nothing may be missing (`CI` is set), a skip is a failure. */
export default class ReportSkipped implements Reporter {
  #isNarrowed = false

  onInit(vitest: Vitest): void {
    this.#isNarrowed = vitest.config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
    const lines = new Map<string, string[]>()
    for (const test of skipped) {
      const why = whySkipped(test)
      // Tests that were not asked for by name count as skipped, too.
      if (why === noReason && this.#isNarrowed) continue
      lines.set(why, [...(lines.get(why) ?? []), `  ${test.module.relativeModuleId}: ${test.fullName}`])
    }
    if (lines.size === 0) return
    for (const [why, tests] of lines) console.log([`\nSkipped (${why}):`, ...tests].join('\n'))
    if (!isSet(process.env['CI'])) return
    console.error('\nNothing may be skipped where CI is set.')
    process.exitCode = 1
  }
}

/** The reason stands at the test or at a group around it. */
function whySkipped(test: TestCase): string {
  for (let one: TestCase | TestSuite | TestModule = test; one.type !== 'module'; one = one.parent) {
    const { whySkipped: why } = one.meta()
    if (why !== undefined) return why
  }
  return noReason
}

const noReason = 'no reason is given'

const isSet = (value: string | undefined) => value !== undefined && value !== '' && value !== 'false'
