import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildStale } from './build.ts'

/**
 * `npm test` and `npm run test:long`: installs from Debian's packages what the journeys need where it may (root), builds
 * what is stale, and runs the tests. Where something cannot be installed, the journeys that need it are skipped
 * and each says why; with CI set, a skip is a failure.
 */
const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const long = args.includes('--long')
const rest = args.filter((arg) => arg !== '--long')

interface Needed {
  readonly package: string
  readonly file: string
  /** What does in its place where that cannot be had. */
  readonly instead?: Needed
}

const needed: readonly Needed[] = [
  // without a window of its own the browser takes a third less of the machine
  {
    package: 'chromium-headless-shell',
    file: '/usr/bin/chromium-headless-shell',
    instead: { package: 'chromium', file: '/usr/bin/chromium' },
  },
  { package: 'dovecot-imapd', file: '/usr/sbin/dovecot' },
  ...(long ? [{ package: 'postgresql-15', file: '/usr/lib/postgresql/15/bin/postgres' }] : []),
]

function install(): void {
  const missing = needed.filter(({ file }) => !existsSync(file))
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing ${missing.map((one) => one.package).join(', ')} …`)
  ask('update')
  for (const one of missing)
    if (!add(one.package) && one.instead !== undefined && !existsSync(one.instead.file)) add(one.instead.package)
}

const add = (name: string): boolean => ask('install', '-y', '--no-install-recommends', name)

function ask(...command: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr } = spawnSync('apt-get', ['-qq', ...command], { env, encoding: 'utf8' })
  if (status !== 0) console.error(`apt-get ${command.join(' ')} failed: ${stderr}`)
  return status === 0
}

install()
await buildStale(console.log)
const { status, signal } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(long ? { FICHA_TESTS: 'long' } : {}) },
})
process.exitCode = signal === null ? (status ?? 1) : 1
