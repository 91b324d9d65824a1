import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import satisfiesNode from './satisfies-node.ts'

/**
 * What the lock file must keep to: no download addresses (they differ from place to place), and no optional package whose
 * `engines` leave out the Node that npm itself runs on, for npm would skip it without a word.
 */
const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { resolved?: string; optional?: boolean; engines?: { node?: string } }>
}
const oldest = [20, 20, 2] as const
/** Skipped without loss: the sentences are read by the Babel plug-in, never by these. */
const needless = /\/@lingui\/native-tools-/
const problems = Object.entries(packages).flatMap(([name, entry]) => [
  ...(entry.resolved === undefined ? [] : [`${name} carries a download address`]),
  ...(entry.optional === true &&
  entry.engines?.node !== undefined &&
  !needless.test(name) &&
  !satisfiesNode(entry.engines.node, oldest)
    ? [`${name} is optional and would be skipped: it wants Node ${entry.engines.node}`]
    : []),
])
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
