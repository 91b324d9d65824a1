import type { Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import { fail } from '../http/fail.ts'
import { networkLimit } from './attempt-limits.ts'
import { networkOf } from './network-of.ts'
import { countAttempt, type AttemptLimit } from './throttle.ts'

/** Counts an attempt of this caller's network, and under `others`; ends the act when too many were made. */
export async function refuseTooMany(db: Kysely<DB>, ip: string, others: readonly AttemptLimit[] = []): Promise<void> {
  const wait = await countAttempt(db, [networkLimit(networkOf(ip)), ...others])
  if (wait !== null) fail('TOO_MANY_REQUESTS', { retryAfterSeconds: wait })
}
