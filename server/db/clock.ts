import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import type { Logger } from '../deps.ts'
import type { DB } from './tables.ts'

/** How often a process looks how far its clock is from the database's. */
const lookEveryMs = 60_000
/** A look that took longer than this says too little. */
const longestLookMs = 1000

/** The time as the database has it: however far apart the clocks of several processes are, they agree on what came first. */
export interface Clock {
  now(): Date
  /**
   * Ids of messages and activities: microseconds since 1970, so that they sort by time and fit a JavaScript number until
   * 2255. Within a process they never repeat; the lowest three bits are the process's slot, so that up to eight processes
   * never meet. A thread never runs backwards: an id is at least one more than the contact's last.
   */
  next(after?: number): number
  close(): Promise<void>
}

interface ClockOptions {
  readonly db: Kysely<DB>
  readonly slot: () => number
  readonly log: Logger
}

/** Sets a clock by the database's, and keeps it so. Where it is set back, ids go on from the last one. */
export async function openClock({ db, slot, log }: ClockOptions): Promise<Clock> {
  const closing = new AbortController()
  let aheadMs = (await look(db)).aheadMs
  const keeping = keep()
  let last = 0
  const nowMs = () => ownMs() - aheadMs
  return {
    now: () => new Date(nowMs()),
    next(after = 0) {
      const base = Math.max(Math.round(nowMs() * 1000), last + 8, after + 8)
      last = base - (base % 8) + slot()
      if (last <= after) last += 8
      return last
    },
    async close() {
      closing.abort()
      await keeping
    },
  }

  async function keep(): Promise<void> {
    for (;;) {
      try {
        await wait(lookEveryMs, undefined, { signal: closing.signal, ref: false })
      } catch {
        return
      }
      try {
        const looked = await look(db)
        if (looked.tookMs < longestLookMs) ({ aheadMs } = looked)
      } catch (error) {
        log.warn({ err: error }, 'the clock could not be set by the database’s')
      }
    }
  }
}

/** Runs on evenly whatever is done to the machine's clock. */
const ownMs = () => performance.timeOrigin + performance.now()

/** How far this process's clock is ahead of the database's, for all that can be seen over a connection. */
async function look(db: Kysely<DB>): Promise<{ aheadMs: number; tookMs: number }> {
  return db.connection().execute(async (connection) => {
    const before = ownMs()
    const { rows } = await sql<{ ms: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(connection)
    const after = ownMs()
    return { aheadMs: (before + after) / 2 - rows[0]!.ms, tookMs: after - before }
  })
}

/** The time of a message or activity id. */
export const timeOfId = (id: number): Date => new Date(id / 1000)
