import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../refusal.ts'
import { type RootMode, type Runner, chooseRunner } from './embedded/choose-runner.ts'
import { chooseSocketFolder } from './embedded/choose-socket-folder.ts'
import { type Binaries, findBinaries } from './embedded/find-binaries.ts'
import { guardPostmaster } from './embedded/guard-postmaster.ts'
import { holdFolder } from './embedded/hold-folder.ts'
import { wasStartedWith } from './embedded/look-at-process.ts'
import { makeCluster } from './embedded/make-cluster.ts'
import { type Postmaster, parsePostmaster } from './embedded/parse-postmaster.ts'
import { planSettings } from './embedded/plan-settings.ts'
import { type Program, startProgram } from './embedded/start-program.ts'

export interface EmbeddedPostgres {
  /** A connection string for node-postgres, by socket. */
  readonly url: string
  readonly pid: number
  /** Stops it in order and gives the data folder back. */
  stop(): Promise<void>
}

interface Options {
  /** Ficha's data folder; the database lies below it. */
  readonly dataDir: string
  readonly log?: (line: string) => void
  /** Only tests turn it off. */
  readonly fsync?: boolean
  /** How root starts it; found out when not given. */
  readonly rootMode?: RootMode
}

/** How long a PostgreSQL whose server was killed may take to go, before it is taken over instead. */
const fadingMs = 1500
const startMs = 60_000

/**
 * Starts the built-in PostgreSQL on a data folder, for this process alone. It never outlives the process, however that
 * ends; one that is left over all the same is taken over, never started beside. A second server on the folder, and a
 * machine that cannot run it, are refused with a sentence.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const places = placesOf(options.dataDir)
  const hold = holdFolder(places.lock)
  if ('heldBy' in hold) {
    const who = hold.heldBy === null ? 'Another Ficha server' : `Another Ficha server (process ${hold.heldBy})`
    throw new Refusal(
      `${who} is using the data folder ${places.dataDir}. Stop it first, or give this one a folder of its own with FICHA_DATA.`,
    )
  }
  try {
    const binaries = findBinaries(join(places.dataDir, 'lib'))
    const owner = statSync(places.cluster, { throwIfNoEntry: false }) ?? null
    const runner = chooseRunner(binaries, places.dataDir, owner, options.rootMode)
    if (owner === null) await makeCluster(places.cluster, binaries, runner, options.fsync ?? true)
    const left = await awaitFading(places)
    const running = left === null ? await start(places, binaries, runner, options) : { postmaster: left, child: null }
    const { postmaster, child } = running
    const guard = child !== null && runner.diesWithUs ? null : guardPostmaster(postmaster.pid, places.pidFile)
    if (guard !== null) hold.noteGuard(guard.pid)
    const url = urlOf(postmaster, 'ficha')
    await makeDatabase(postmaster)
    return {
      url,
      pid: postmaster.pid,
      async stop() {
        guard?.release()
        if (child !== null && child.exitCode === null && child.signalCode === null) {
          // while it was of no interest it did not keep the process alive; now its end is awaited
          child.ref()
          const gone = once(child, 'exit')
          child.kill('SIGINT')
          await gone
        } else if (child === null) {
          signal(postmaster.pid, 'SIGINT')
          while (wasStartedWith(postmaster.pid, places.mark)) await wait(10)
        }
        hold.release()
      },
    }
  } catch (error) {
    hold.release()
    throw error
  }
}

/** The address of a PostgreSQL that a server on this data folder runs now, for the command line; null when none does. */
export function connectEmbedded({ dataDir }: { dataDir: string }): string | null {
  if (statSync(dataDir, { throwIfNoEntry: false }) === undefined) return null
  const places = placesOf(dataDir)
  const postmaster = readPostmaster(places.pidFile)
  const runs = postmaster?.status === 'ready' && wasStartedWith(postmaster.pid, places.mark)
  return runs ? urlOf(postmaster, 'ficha') : null
}

interface Places {
  readonly dataDir: string
  readonly cluster: string
  readonly pidFile: string
  readonly lock: string
  readonly name: string
  /** A word on PostgreSQL's command line that only the one of this folder has. */
  readonly mark: string
}

function placesOf(folder: string): Places {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(folder)
  const cluster = join(dataDir, 'postgres')
  const name = `ficha-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  return {
    dataDir,
    cluster,
    pidFile: join(cluster, 'postmaster.pid'),
    lock: join(dataDir, 'server.lock'),
    name,
    mark: `cluster_name=${name}`,
  }
}

function readPostmaster(file: string): Postmaster | null {
  try {
    return parsePostmaster(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const urlOf = ({ socketFolder, port }: Postmaster, database: string): string =>
  `postgres://ficha@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`

/** Waits for a PostgreSQL without a server to go; one that stays ready is answered, to be taken over. */
async function awaitFading(places: Places): Promise<Postmaster | null> {
  const patience = Date.now() + fadingMs
  const end = Date.now() + startMs
  for (;;) {
    const left = readPostmaster(places.pidFile)
    if (left === null || !wasStartedWith(left.pid, places.mark)) return null
    if (left.status === 'ready' && Date.now() > patience && (await answers(left))) return left
    if (Date.now() > end) {
      throw new Refusal(
        `A PostgreSQL (process ${left.pid}) from an earlier run still stops on ${places.cluster}. Wait until it is gone, then start again.`,
      )
    }
    await wait(20)
  }
}

async function answers(postmaster: Postmaster): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(postmaster, 'postgres'), connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Right after a hard kill the lock can be refused for a moment: tried again for some seconds. */
async function start(places: Places, binaries: Binaries, runner: Runner, options: Options) {
  const socketFolder = chooseSocketFolder(places.dataDir, runner.user)
  const settings = planSettings(memoryLimit(), { socketFolder, name: places.name, fsync: options.fsync ?? true })
  if (runner.user !== null) {
    // the way to the folder stays closed: the program is handed it as an open file
    chownSync(places.cluster, runner.user.uid, runner.user.gid)
    chmodSync(places.cluster, 0o700)
  }
  const args = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const end = Date.now() + startMs
  for (;;) {
    const program = startProgram(binaries, runner, 'INT', 'postgres', places.cluster, args, options)
    const postmaster = await awaitReady(places, program, end)
    if (postmaster !== null) {
      const { child } = program
      child.unref()
      for (const stream of [child.stdout, child.stderr]) (stream as unknown as { unref?: () => void } | null)?.unref?.()
      return { postmaster, child }
    }
    const said = program.lastLines().join('\n')
    if (!/lock file|postmaster\.pid|shared memory block/.test(said) || Date.now() > end) {
      throw new Refusal(`The built-in PostgreSQL did not start on ${places.cluster}:\n${said}`)
    }
    await wait(100)
  }
}

/** Null when it ended instead. */
async function awaitReady(places: Places, { child }: Program, end: number): Promise<Postmaster | null> {
  let failed: Error | undefined
  child.once('error', (error) => (failed = error))
  while (Date.now() < end) {
    if (failed !== undefined) throw failed
    if (child.exitCode !== null || child.signalCode !== null) return null
    const postmaster = readPostmaster(places.pidFile)
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready' && (await answers(postmaster)))
      return postmaster
    await wait(10)
  }
  child.kill('SIGINT')
  return null
}

async function makeDatabase(postmaster: Postmaster): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(postmaster, 'postgres') })
  await client.connect()
  try {
    await client.query('create database ficha')
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error
  } finally {
    await client.end()
  }
}

/** Bytes this machine, or the container it runs in, may use. */
function memoryLimit(): number {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it is gone already
  }
}
