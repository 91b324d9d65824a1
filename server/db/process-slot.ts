import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import type pg from 'pg'
import { Refusal } from '../refusal.ts'
import type { Logger } from '../deps.ts'
import { holdConnection } from './hold-connection.ts'
import type { DB } from './tables.ts'

const slots = [0, 1, 2, 3, 4, 5, 6, 7]
/** Our corner of the advisory locks' 64-bit space. */
const lockClass = 0x46494348

export interface ProcessSlot {
  /** The place it has now: another one only when the database was away and another process was faster. */
  slot(): number
  /** No other process had a place when this one took its own. */
  readonly alone: boolean
  release(): Promise<void>
}

/**
 * Takes one of eight places on the database for as long as the process lives: message ids carry it, so that two processes
 * never make the same one. A process that was just killed may hold its place for a moment longer.
 */
export async function takeProcessSlot(url: string, log: Logger): Promise<ProcessSlot> {
  let mine: number | undefined
  let alone = false
  const connection = await holdConnection({
    url,
    name: 'ficha slot',
    log,
    async prepare(client) {
      mine = await take(client, mine)
      alone = await isAlone(client)
    },
  })
  if (mine === undefined) throw new Error('a place is taken before the connection stands')
  const first = mine
  return { slot: () => mine ?? first, alone, release: () => connection.close() }
}

async function take(client: pg.Client, before: number | undefined): Promise<number> {
  for (let attempt = 0; attempt < 40; attempt++) {
    for (const slot of before === undefined ? slots : [before, ...slots]) {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
        lockClass,
        slot,
      ])
      if (rows[0]?.taken === true) return slot
    }
    await wait(250)
  }
  throw new Refusal(`Eight server processes already use this database, which is the most. Stop one of them first.`)
}

async function isAlone(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ places: number }>(
    `select count(*)::int as places from pg_locks
      where locktype = 'advisory' and classid = $1 and database = (select oid from pg_database where datname = current_database())`,
    [lockClass],
  )
  return rows[0]?.places === 1
}

/** The places that no process holds now: whoever had one is gone. */
export async function freeSlots(db: Kysely<DB>): Promise<number[]> {
  const { rows } = await sql<{ slot: number }>`
    select objid::int as slot from pg_locks where locktype = 'advisory' and classid = ${lockClass}
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  const held = new Set(rows.map(({ slot }) => slot))
  return slots.filter((slot) => !held.has(slot))
}
