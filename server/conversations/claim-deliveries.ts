import { sql, type RawBuilder } from 'kysely'
import type { Deps } from '../deps.ts'
import { optOutScope } from '../opt-outs/opt-out-scope.ts'
import { deliveryState } from './delivery-state.ts'

/** A delivery whose outcome is to be written down. */
export interface ClaimedDelivery {
  readonly workspaceId: number
  readonly messageId: number
  readonly contactId: number
  readonly channelId: number
  readonly contactChannelId: number
  readonly attempts: number
  /** Since when it is to be sent. */
  readonly queuedAt: Date
}

export interface Claim extends ClaimedDelivery {
  readonly blocked: boolean
  readonly removed: boolean
  readonly optedOut: boolean
}

/** A mail that no person wrote: who unsubscribed after it was queued does not get it. */
const automaticMail = sql<boolean>`exists (
  select from message m join channel l on l.workspace_id = m.workspace_id and l.id = taken.channel_id and l.kind = 'email'
  where m.workspace_id = taken.workspace_id and m.id = taken.message_id and m.sender_type = 'workflow')`

/** Nothing written earlier to the same contact on the line is still on its way. */
const isFirst = sql<boolean>`not exists (
  select from delivery before where before.workspace_id = d.workspace_id and before.channel_id = d.channel_id
    and before.contact_id = d.contact_id and before.message_id < d.message_id
    and before.state in (${sql.lit(deliveryState.queued)}, ${sql.lit(deliveryState.sending)}))`

type LineKey = { readonly workspaceId: number; readonly channelId: number }

/**
 * How many seconds a contact still rests after what went out last on this line, where the line lets people rest: both times
 * are ours, as the database's own may be set anew in between.
 */
const restLeft = (
  { clock }: Pick<Deps, 'clock'>,
  contactSeconds: number | undefined,
): RawBuilder<number | null> | undefined =>
  contactSeconds === undefined
    ? undefined
    : sql`(select ${contactSeconds} - extract(epoch from ${clock.now()}::timestamptz - link.last_out_at)
        from contact_channel link where link.workspace_id = d.workspace_id and link.id = d.contact_channel_id)`

interface ClaimOptions {
  readonly most: number
  /** Seconds between two messages to the same person. */
  readonly contactSeconds: number | undefined
  /** Takes one that waits for its next attempt, too. */
  readonly evenWaiting: boolean
}

/**
 * Takes messages of a line for this process, oldest first: of each contact only the first that is not out yet, so that one
 * that waits for its next attempt holds back those after it. Committed before anything is called: a crash afterwards is seen
 * for what it is. Whether somebody rests is asked in the same statement: what went out just before is seen either whole or
 * not at all.
 */
export async function claimDeliveries(
  deps: Pick<Deps, 'db' | 'slot' | 'clock'>,
  { workspaceId, channelId }: LineKey,
  { most, contactSeconds, evenWaiting }: ClaimOptions,
): Promise<Claim[]> {
  const rest = restLeft(deps, contactSeconds)
  const isRested = rest === undefined ? sql`true` : sql`coalesce(${rest} <= 0, true)`
  const { rows } = await sql<Claim>`
    with due as (
      select d.message_id from delivery d
      where d.workspace_id = ${workspaceId} and d.channel_id = ${channelId} and d.state = ${sql.lit(deliveryState.queued)}
        and (${evenWaiting} or d.next_attempt_at <= now() and ${isRested})
        and ${isFirst}
      order by d.next_attempt_at, d.message_id limit ${most} for update of d skip locked
    ), taken as (
      update delivery d set state = ${deliveryState.sending}, claimed_at = now(), claimed_by = ${deps.slot},
        attempts = d.attempts + 1
      from due where d.workspace_id = ${workspaceId} and d.message_id = due.message_id
      returning d.*
    )
    select taken.workspace_id as "workspaceId", taken.message_id as "messageId", taken.contact_id as "contactId",
      taken.channel_id as "channelId", taken.contact_channel_id as "contactChannelId", taken.attempts,
      taken.queued_at as "queuedAt", c.blocked_at is not null as blocked, link.removed_at is not null as removed,
      case ${optOutScope(workspaceId, sql`c.id`, sql`taken.channel_id`)} when 'all' then true
        when 'marketing' then ${automaticMail} else false end as "optedOut"
    from taken
    join contact_channel link on link.workspace_id = taken.workspace_id and link.id = taken.contact_channel_id
    join contact c on c.workspace_id = link.workspace_id and c.id = link.owner_id
    order by taken.message_id`.execute(deps.db)
  return rows
}

/**
 * Seconds until the next message of a line is due; null when none waits. None or less: one is due that could not be taken,
 * as somebody else held it for a moment.
 */
export async function secondsToNext(
  deps: Pick<Deps, 'db' | 'clock'>,
  { workspaceId, channelId }: LineKey,
  contactSeconds: number | undefined,
): Promise<number | null> {
  const wait = sql`extract(epoch from d.next_attempt_at - now())`
  const rest = restLeft(deps, contactSeconds)
  const { rows } = await sql<{ seconds: number | null }>`
    select ceil(min(${rest === undefined ? wait : sql`greatest(${wait}, ${rest})`}))::int as seconds from delivery d
    where d.workspace_id = ${workspaceId} and d.channel_id = ${channelId} and d.state = ${sql.lit(deliveryState.queued)}
      and ${isFirst}`.execute(deps.db)
  return rows[0]?.seconds ?? null
}
