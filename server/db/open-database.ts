import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { keepPrepared } from './prepared.ts'
import { readValue } from './read-value.ts'
import type { DB } from './tables.ts'

export interface Database {
  db: Kysely<DB>
  pool: pg.Pool
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>
}

interface DatabaseOptions {
  /** Connections at most. */
  max: number
  /** Shown in pg_stat_activity. */
  applicationName: string
  /** Milliseconds a statement may run. Requests keep the default; long background work asks for more. */
  statementTimeout?: number
  /** Hears of connections lost while idle; the next query opens a new one. */
  onLost?: (error: Error) => void
}

/**
 * Settings of every connection, each made only where this role may set it (temp_file_limit belongs to superusers):
 * - a search index's pending list is emptied by a job, never by an unlucky writer in the foreground;
 * - just-in-time compilation costs more than these short queries;
 * - one runaway sort must not fill the disk.
 */
const sessionSettings = {
  gin_pending_list_limit: '64MB',
  jit: 'off',
  temp_file_limit: '4GB',
  timezone: 'UTC',
}

/** Opens a pool on `url`. Nothing connects before the first query. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const settings: Record<string, string> = {
    ...sessionSettings,
    statement_timeout: String(options.statementTimeout ?? 30_000),
    lock_timeout: '5000',
    idle_in_transaction_session_timeout: '60000',
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: { getTypeParser: readValue },
    // set by a query, not in the start-up packet, which connection poolers refuse; the pool waits for it, its types do not say so
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: async (client) => {
      await client.query({
        text: `select set_config(name, value, false)
          from unnest($1::text[], $2::text[]) wanted (name, value) join pg_settings using (name)
          where context = 'user' or (context = 'superuser' and current_setting('is_superuser') = 'on')`,
        values: [Object.keys(settings), Object.values(settings)],
      })
    },
  })
  pool.on('error', (error) => options.onLost?.(error))
  // a connection in somebody's hands tells of its loss twice: by the next query, which fails, and by this event, which
  // would end the process if nobody listened
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    keepPrepared(client)
  })
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}
