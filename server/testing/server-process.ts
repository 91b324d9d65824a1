import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buildStale } from '../../scripts/build.ts'
import { findRoot } from '../find-root.ts'
import { waitFor } from './wait-for.ts'

const root = findRoot()
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
/** Behind `exec node`: flags, and the file that was built. */
const program = scripts.start.split(' exec node ')[1]!.split(' ')
let built: Promise<void> | undefined

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export interface ServerProcess {
  readonly child: ChildProcess
  /** What it has said on standard error. */
  readonly said: () => string
}

/** The very program that `npm start` runs, built if need be, as a process of its own; ready when it answers. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  await (built ??= buildStale())
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], FICHA_LOG: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const url = `http://127.0.0.1:${env['PORT']}/readyz`
  await waitFor(
    'the server to answer',
    async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${said}`)
      return fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    },
    120_000,
  ).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw new Error(`the server does not answer; it said: ${said}`, { cause: error })
  })
  return { child, said: () => said }
}

/** One of several programs on a database, as whoever reaches it sees it. */
export interface Side {
  readonly url: string
  readonly process: ServerProcess
}

/** Starts one at a port of its own. */
export async function startSide(env: Record<string, string>): Promise<Side> {
  const port = await freePort()
  const process = await startServerProcess({ PORT: String(port), FICHA_ALLOW_INTERNAL: '127.0.0.1', ...env })
  return { url: `http://127.0.0.1:${port}`, process }
}

export async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/**
 * Process numbers of the PostgreSQL servers that run on a data folder. A worker that was forked a moment ago still carries
 * its parent's command line, so whoever has a parent among them is none.
 */
export function postmastersOf(dataDir: string): number[] {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        const ours = words[0]?.endsWith('/postgres') === true && words.includes(join(dataDir, 'postgres'))
        return ours ? [{ pid: Number(name), parent }] : []
      } catch {
        // it ended while we looked
        return []
      }
    })
  return found.filter(({ parent }) => !found.some(({ pid }) => pid === parent)).map(({ pid }) => pid)
}
