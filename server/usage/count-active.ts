import { sql, type RawBuilder } from 'kysely'
import { timeOfId } from '../db/clock.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { cycleAt, dayOf, today } from '../workspaces/billing-cycle.ts'

/** A message that makes its contact active. */
interface ActiveBy {
  readonly messageId: number
  /** Whom it was born on: merged contacts are counted once when they are read, parted ones each. */
  readonly contactId: number
  readonly channelId: number
  readonly incoming: boolean
  /** Nothing had been exchanged with the contact before. */
  readonly fresh: boolean
}

/**
 * Counts contacts as active in the billing cycle of a message of theirs, in the transaction that stores it: a row for the first
 * of the cycle, none for all others.
 */
export const countActive = (tx: Tx, workspaceId: number, list: readonly ActiveBy[]): Promise<void> =>
  count(tx, workspaceId, list, sql`true`)

/** The same for one that was held: who is blocked counts until the cycle ends in which it happened, and not after it. */
export const countHeld = (tx: Tx, workspaceId: number, active: ActiveBy): Promise<void> =>
  count(
    tx,
    workspaceId,
    [active],
    sql`exists (select from contact_block block where block.workspace_id = ${workspaceId}
      and block.contact_id = active.contact_id and ${dayOf(workspaceId, sql`block.blocked_at`)} >= cycle.starts_on)`,
  )

/** The same for one that was held and is shown now: cycles that have ended stay as they are. */
export const countReleased = (tx: Tx, workspaceId: number, active: ActiveBy): Promise<void> =>
  count(tx, workspaceId, [active], sql`cycle.ends_on > ${today(workspaceId)}`)

async function count(
  tx: Tx,
  workspaceId: number,
  list: readonly ActiveBy[],
  counts: RawBuilder<unknown>,
): Promise<void> {
  await sql`${preparedFor(list.length)}
    insert into active_contact (workspace_id, cycle, contact_id, message_id, channel_id, incoming, fresh)
    select ${workspaceId}::bigint, cycle.starts_on, active.contact_id, active.message_id, active.channel_id, active.incoming,
      active.fresh
    from unnest(${list.map(({ messageId }) => messageId)}::bigint[],
      ${list.map(({ messageId }) => timeOfId(messageId).toISOString())}::timestamptz[],
      ${list.map(({ contactId }) => contactId)}::bigint[], ${list.map(({ channelId }) => channelId)}::bigint[],
      ${list.map(({ incoming }) => incoming)}::boolean[], ${list.map(({ fresh }) => fresh)}::boolean[])
      active (message_id, at, contact_id, channel_id, incoming, fresh)
    cross join lateral ${cycleAt(workspaceId, dayOf(workspaceId, sql`active.at`))} cycle
    where ${counts}
    on conflict do nothing`.execute(tx)
}
