import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { endProcess, freePort } from './testing/server-process.ts'
import { unless } from './testing/unless.ts'
import { waitFor } from './testing/wait-for.ts'

const bin = '/usr/lib/postgresql/15/bin'
const missing = existsSync(`${bin}/postgres`) ? null : 'PostgreSQL 15 is not installed (apt-get install postgresql-15)'
const root = join(import.meta.dirname, '..')
const nobody = 65_534

/** Debian's server refuses to run as root: then it runs as nobody. */
const drop =
  process.getuid?.() === 0 ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] : []

test('the same tests pass on a PostgreSQL 15 of one’s own', unless(missing), async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ficha-pg15-'))
  if (drop.length > 0) chownSync(folder, nobody, nobody)
  const data = join(folder, 'data')
  const run = (program: string, ...args: string[]) => [...drop, join(bin, program), ...args]
  const [command = '', ...args] = run(
    'initdb',
    '-D',
    data,
    '-U',
    'ficha',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  )
  expect(spawnSync(command, args, { stdio: 'ignore' }).status).toBe(0)

  const port = await freePort()
  const [start = '', ...startArgs] = run(
    ...(['postgres', '-D', data, '-k', folder, '-p', String(port)] as const),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=200',
  )
  const server = spawn(start, startArgs, { stdio: 'ignore' })
  const url = `postgres://ficha@127.0.0.1:${port}/postgres`
  try {
    await waitFor('PostgreSQL 15 to answer', () => answers(url))
    const tests = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, DATABASE_URL: url, FICHA_TESTS: 'short', FICHA_THOROUGH: 'yes', VITEST: undefined },
    })
    if (tests.status !== 0) console.log(tests.stdout.slice(-20_000), tests.stderr.slice(-5000))
    expect(tests.status).toBe(0)
  } finally {
    await endProcess(server, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
})

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
