import { sql, type RawBuilder } from 'kysely'
import { freeSlots } from '../db/process-slot.ts'
import type { Deps } from '../deps.ts'
import { countOutcomes } from './count-outcomes.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { deliveryState } from './delivery-state.ts'
import { recordAttempt } from './record-attempt.ts'

/** Longer than any attempt may take: whoever took a message this long ago does not come back to it. */
const claimSeconds = 300

/**
 * Messages whose sender is gone may have been sent: nobody knows how far it came, and a person decides. `mine`: this process
 * has just begun, so whatever its place on the database holds was left by one before it.
 */
export async function loseClaims(
  deps: Pick<Deps, 'db' | 'clock' | 'slot'>,
  { mine }: { mine: boolean },
): Promise<void> {
  const gone = mine ? [deps.slot] : await freeSlots(deps.db)
  await lose(deps, await findClaims(deps, sql`d.claimed_by = any(${gone}::smallint[])`))
  if (mine) return
  await lose(deps, await findClaims(deps, sql`d.claimed_at < now() - ${claimSeconds} * interval '1 second'`))
}

async function lose(deps: Pick<Deps, 'db' | 'clock'>, claims: readonly ClaimedDelivery[]): Promise<void> {
  for (const delivery of claims) {
    await recordAttempt(deps, delivery, { outcome: 'unknown', detail: null })
    await countOutcomes(deps.db, delivery, { unknown: 1 })
  }
}

async function findClaims({ db }: Pick<Deps, 'db'>, which: RawBuilder<unknown>): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    select workspace_id as "workspaceId", message_id as "messageId", contact_id as "contactId",
      channel_id as "channelId", contact_channel_id as "contactChannelId", attempts, queued_at as "queuedAt"
    from delivery d where d.state = ${sql.lit(deliveryState.sending)} and ${which} order by message_id`.execute(db)
  return rows
}
