import { sql } from 'kysely'
import type { Attempt } from '../channels/adapter.ts'
import { openLine, type OpenedLine } from '../channels/open-line.ts'
import { reportLine } from '../channels/report-line.ts'
import type { Deps } from '../deps.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { deliveryState } from './delivery-state.ts'
import { recordAttempt, type ClaimedDelivery } from './record-attempt.ts'
import { ringLater } from './ring-later.ts'

/** Longer than any attempt may take: whoever claimed a message this long ago is gone, and nobody knows how far they came. */
export const claimSeconds = 300
/** Then other conversations have their turn. */
const turnMs = 15_000

interface Head extends ClaimedDelivery {
  readonly state: number
  readonly waitSeconds: number
  readonly claimLost: boolean
  readonly blocked: boolean
  readonly removed: boolean
}

type Exchange = { workspaceId: number; contactId: number; channelId: number }

/**
 * Sends what is queued for one contact on one channel, in order: a message that waits for its next attempt holds back the
 * ones after it. Each is claimed in a commit of its own before the call and settled in another after it, so that a crash
 * in between is seen for what it is.
 */
export async function deliverMessages(deps: Deps, exchange: Exchange, signal: AbortSignal): Promise<void> {
  const end = Date.now() + turnMs
  while (!signal.aborted) {
    const head = await findHead(deps, exchange)
    if (head === undefined) return
    if (head.claimLost) {
      await recordAttempt(deps, head, { outcome: 'unknown', detail: null })
      continue
    }
    if (head.state === deliveryState.sending) return
    if (head.waitSeconds > 0) return ringLater(deps, 'deliver-messages', exchange, head.waitSeconds)
    const opened = await openLine(deps, exchange.workspaceId, exchange.channelId)
    if (opened?.paused === true) return
    const claimed = await claim(deps, head)
    if (claimed === null) continue
    const outcome = await attempt(deps, opened, claimed, head)
    await recordAttempt(deps, claimed, outcome)
    if (opened !== null) await reportOutcome(deps, opened, outcome)
    if (Date.now() > end) return deps.jobs.ring('deliver-messages', exchange)
  }
}

async function attempt(
  deps: Deps,
  opened: OpenedLine | null,
  claimed: ClaimedDelivery,
  { blocked, removed }: Head,
): Promise<Attempt> {
  if (blocked) return { outcome: 'failed', code: 'blocked', detail: null }
  if (removed) return { outcome: 'failed', code: 'not-on-channel', detail: null }
  if (opened === null) return { outcome: 'failed', code: 'channel-deleted', detail: null }
  return attemptDelivery(deps, opened, claimed.messageId, claimed.attempts)
}

/** A line at fault is marked broken for everybody to see. One that has sent is whole, unless it also listens and knows better. */
async function reportOutcome(deps: Deps, { line, adapter, broken }: OpenedLine, outcome: Attempt): Promise<void> {
  if (outcome.outcome === 'failed' && outcome.lineBroken === true) await reportLine(deps, line, outcome)
  if (outcome.outcome === 'accepted' && broken && adapter.listen === undefined) await reportLine(deps, line, null)
}

async function findHead(deps: Deps, { workspaceId, contactId, channelId }: Exchange): Promise<Head | undefined> {
  const { rows } = await sql<Head>`
    select d.workspace_id as "workspaceId", d.message_id as "messageId", d.contact_id as "contactId",
      d.channel_id as "channelId", d.contact_channel_id as "contactChannelId", d.attempts, d.state,
      ceil(extract(epoch from d.next_attempt_at - now()))::int as "waitSeconds",
      d.state = ${deliveryState.sending} and d.claimed_at < now() - ${claimSeconds} * interval '1 second' as "claimLost",
      c.blocked_at is not null as blocked, link.removed_at is not null as removed
    from delivery d
    join contact_channel link on link.workspace_id = d.workspace_id and link.id = d.contact_channel_id
    join contact c on c.workspace_id = link.workspace_id and c.id = link.owner_id
    where d.workspace_id = ${workspaceId} and d.channel_id = ${channelId} and d.contact_id = ${contactId}
      and d.state in (${sql.lit(deliveryState.queued)}, ${sql.lit(deliveryState.sending)})
    order by d.message_id limit 1`.execute(deps.db)
  return rows[0]
}

/** Takes the message for this process, or not at all when another was quicker. */
async function claim(deps: Deps, head: Head): Promise<ClaimedDelivery | null> {
  const taken = await deps.db
    .updateTable('delivery')
    .set({ state: deliveryState.sending, claimed_at: sql`now()`, attempts: sql`attempts + 1` })
    .where('workspace_id', '=', head.workspaceId)
    .where('message_id', '=', head.messageId)
    .where('state', '=', deliveryState.queued)
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .returning('attempts')
    .executeTakeFirst()
  return taken === undefined ? null : { ...head, attempts: taken.attempts }
}
