import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'

export interface AttemptLimit {
  /** What is counted: `sign-in account ana@example.com`, `sign-in network 203.0.113.7` */
  readonly key: string
  /** Attempts allowed within the window. */
  readonly limit: number
  /** As how many this one counts, where they differ; otherwise as one. */
  readonly weight?: number
  readonly seconds: number
  /** A success shows that it was not guessing: the count starts anew. */
  readonly forgiving: boolean
}

const hash = (key: string) => createHash('sha256').update(key).digest('base64url')

/**
 * Counts one attempt under each key, before it is made and whether or not it succeeds, so that parallel guesses cannot
 * slip past. Answers null, or the seconds to wait when one of the limits is used up. One statement, committed at once,
 * shared by all processes. Rows hold a hash: what was typed into a sign-in form is nobody's business.
 */
export async function countAttempt(db: Kysely<DB>, limits: readonly AttemptLimit[]): Promise<number | null> {
  if (limits.length === 0) return null
  const rows = limits
    .map((limit) => ({ ...limit, key: hash(limit.key) }))
    // always in one order: two attempts that share two keys would otherwise wait for each other
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const counted = await sql<{ key: string; attempts: number; wait: number }>`
    insert into auth.throttle as t (key, attempts, resets_at)
    select key, weight, now() + make_interval(secs => seconds)
    from unnest(${rows.map((row) => row.key)}::text[], ${rows.map((row) => row.weight ?? 1)}::int[],
      ${rows.map((row) => row.seconds)}::int[]) given (key, weight, seconds)
    on conflict (key) do update set
      attempts = case when t.resets_at <= now() then 0 else t.attempts end + excluded.attempts,
      resets_at = case when t.resets_at <= now() then excluded.resets_at else t.resets_at end
    returning key, attempts, ceil(extract(epoch from resets_at - now()))::int as wait`.execute(db)
  const limitOf = new Map(rows.map((row) => [row.key, row.limit]))
  const waits = counted.rows.filter((row) => row.attempts > (limitOf.get(row.key) ?? 0)).map((row) => row.wait)
  return waits.length === 0 ? null : Math.max(1, ...waits)
}

/** The attempt succeeded: forgets what forgiving limits have counted. */
export async function forgiveAttempts(db: Kysely<DB>, limits: readonly AttemptLimit[]): Promise<void> {
  const keys = limits.filter((limit) => limit.forgiving).map((limit) => hash(limit.key))
  if (keys.length > 0) await sql`delete from auth.throttle where key = any(${keys}::text[])`.execute(db)
}
