import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'

/**
 * Lets one transaction at a time decide whose addresses these are: a hundred first messages of one new address make one
 * contact. Always taken before a contact's state, and several in one order, so that nobody waits in a circle.
 */
export async function lockAddresses(
  tx: Tx,
  { workspaceId, channelId }: { workspaceId: number; channelId: number },
  keys: readonly string[],
): Promise<void> {
  await lock(
    tx,
    [...new Set(keys)].sort().map((key) => `address:${workspaceId}:${channelId}:${key}`),
  )
}

/** The same for an identity key: one person's first messages on two channels at once find each other. Taken after the addresses. */
export async function lockIdentity(tx: Tx, workspaceId: number, key: string): Promise<void> {
  await lock(tx, [`identity:${workspaceId}:${key}`])
}

/** One after the other, in the order of the list. */
async function lock(tx: Tx, names: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${names}::text[]) name`.execute(tx)
}
