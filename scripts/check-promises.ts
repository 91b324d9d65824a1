import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * docs/security.md says which test holds each promise: `file`, then the names of its tests in quotation marks (“…”). Every one
 * of them must be there under that name.
 */
const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')

const named = [...page.matchAll(/`([\w/.-]+\.(?:test|long)\.ts)`((?:,?\s+“[^”]+”)+)/g)].flatMap(
  ([, file = '', names = '']) => [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ file, name })),
)
const problems = named.flatMap(({ file, name }) => {
  if (!existsSync(join(root, file))) return [`${file} is not there`]
  const source = readFileSync(join(root, file), 'utf8')
  return source.includes(name) ? [] : [`${file} has no “${name}”`]
})
// a file that is named without a test says nothing
const mentioned = page.match(/`[\w/.-]+\.(?:test|long)\.ts`/g)?.length ?? 0
const spoken = new Set(named.map(({ file }) => file)).size
if (mentioned === 0 || spoken === 0) problems.push('docs/security.md names no tests')

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
