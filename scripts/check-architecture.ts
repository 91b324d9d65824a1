import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { sliceOrder } from '../server/slice-order.ts'

/**
 * The house's walls, checked:
 * - `contract/` imports zod, @orpc/contract and itself
 * - `server/` never imports `web/`, `web/` never imports `server/`
 * - a slice of the server imports only slices before it in server/slice-order.ts (and what stands around the slices)
 * - a slice of the web uses another one only by its screens and drawers (`*-screen.tsx`, `*-drawer.tsx`) and what its
 *   `shared.ts` names; `web/ui`, `web/api`, `web/app` and `web/i18n` are everybody's, and `ui` knows none of them
 * - files that decide (`parse-`, `plan-`, `next-`, `decide-`, `score-`, `classify-`, or a first line `// pure`) import nothing
 *   that reaches the world
 */
const root = join(import.meta.dirname, '..')
const order: readonly string[] = sliceOrder
const impure =
  /^(pg|kysely|fastify|undici|nodemailer|imapflow|smtp-server|pg-boss|node:(fs|net|http|https|child_process|dns|tls)(\/.*)?)$/
const decides = /^(parse|plan|next|decide|score|classify)-/

interface File {
  readonly path: string
  readonly text: string
  readonly imports: readonly { to: string; typeOnly: boolean }[]
}

function readFiles(folder: string): File[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && entry.name !== 'tables.ts')
    .map((entry) => {
      const path = join(entry.parentPath, entry.name).slice(root.length + 1)
      const text = readFileSync(join(root, path), 'utf8')
      const found = [
        ...text.matchAll(/^(?:import|export)( type)? (?:[\w*\s{},$]+? from )?'([^']+)'/gm),
        ...text.matchAll(/\bimport\(( type)?'([^']+)'\)/g),
      ]
      const imports = found.map(([, type, to = '']) => ({
        to: resolve(path, to),
        typeOnly: type !== undefined,
      }))
      return { path, text, imports }
    })
}

/** A file of ours by its path from the root, a package by its name. */
function resolve(from: string, to: string): string {
  if (to.startsWith('#contract/')) return to.replace('#contract/', 'contract/')
  return to.startsWith('.') ? normalize(join(dirname(from), to)) : to
}

const isTest = (path: string) => /\.(test|long)\.tsx?$|\/testing(\/|\.ts$)|fixtures/.test(path)
const sliceOf = (path: string, side: 'server' | 'web') => new RegExp(`^${side}/([\\w-]+)/`).exec(path)?.[1] ?? null

function problemsOf({ path, text, imports }: File): string[] {
  const problems: string[] = []
  const name = path.split('/').at(-1) ?? ''
  const say = (to: string, why: string) => problems.push(`${path} imports ${to}: ${why}`)
  for (const { to, typeOnly } of imports) {
    if (path.startsWith('contract/') && !isTest(path) && !/^(contract\/|zod$|@orpc\/contract$)/.test(to))
      say(to, 'the contract knows nothing else')
    if (path.startsWith('server/') && to.startsWith('web/')) say(to, 'the server does not know the web')
    if (path.startsWith('web/') && to.startsWith('server/')) say(to, 'the web knows the contract only')
    if (isTest(path) || typeOnly) continue
    const [mine, theirs] = [sliceOf(path, 'server'), sliceOf(to, 'server')]
    if (mine !== null && theirs !== null && order.includes(mine) && order.indexOf(theirs) > order.indexOf(mine))
      say(to, `${theirs} comes after ${mine}`)
    if (path.startsWith('server/') && (decides.test(name) || text.startsWith('// pure')) && impure.test(to))
      say(to, 'a file that decides reaches nothing')
    const [here, there] = [sliceOf(path, 'web'), sliceOf(to, 'web')]
    const common = ['ui', 'api', 'app', 'i18n']
    if (here === 'ui' && there !== null && !['ui', 'i18n'].includes(there)) say(to, 'ui knows no domain')
    if (here !== null && there !== null && here !== there && !common.includes(there) && here !== 'app')
      if (!/-(screen|drawer)\.tsx$|\/shared\.ts$/.test(to)) say(to, 'another slice is used by its screens only')
  }
  return problems
}

const problems = ['contract', 'server', 'web'].flatMap(readFiles).flatMap(problemsOf)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
