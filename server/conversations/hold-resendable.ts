import { sql } from 'kysely'
import type { OptOut } from '#contract/contacts.ts'
import { openLine, type OpenedLine } from '../channels/open-line.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { optOutScope } from '../opt-outs/opt-out-scope.ts'
import { deliveryState } from './delivery-state.ts'
import { statusCode } from './next-status.ts'
import { optOutRefusal } from './opt-out-refusal.ts'
import { outgoingBody, type StoredBody } from './outgoing-body.ts'

interface Row {
  messageId: number
  channelId: number
  ownerId: number
  status: number
  body: StoredBody
  byHand: boolean
  address: string
  linkId: number
  bornOn: number
  lastInAt: Date | null
  removed: boolean
  blocked: boolean
  optOut: OptOut['scope'] | null
  automatic: boolean
  fileCount: number
}

/** A message with its delivery, locked. */
export interface Resendable extends Pick<Row, 'messageId' | 'channelId' | 'ownerId' | 'status'> {
  /** Why it cannot be sent again now; null where it can. */
  readonly refusal: string | null
}

/**
 * Locks outgoing messages and says of each what stands against sending it again, by the rules of a new one. Their contacts'
 * states are locked before.
 */
export async function holdResendable(
  tx: Tx,
  deps: Deps,
  workspaceId: number,
  messageIds: readonly number[],
  now: Date,
): Promise<Resendable[]> {
  const { rows } = await sql<Row>`
    select m.id as "messageId", d.channel_id as "channelId", link.owner_id as "ownerId", m.status, m.body,
      m.sender_type = 'member' as "byHand", link.address, link.id as "linkId", link.contact_id as "bornOn",
      link.last_in_at as "lastInAt", link.removed_at is not null as removed, c.blocked_at is not null as blocked,
      m.sender_type = 'workflow' as automatic, ${optOutScope(workspaceId, sql`c.id`, sql`d.channel_id`)} as "optOut",
      (select count(*)::int from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id) as "fileCount"
    from message m
    join delivery d on d.workspace_id = m.workspace_id and d.message_id = m.id
    join contact_channel link on link.workspace_id = d.workspace_id and link.id = d.contact_channel_id
    join contact c on c.workspace_id = link.workspace_id and c.id = link.owner_id
    where m.workspace_id = ${workspaceId} and m.id = any(${messageIds}::bigint[])
    order by m.id for update of m, d`.execute(tx)
  const lines = new Map<number, OpenedLine | null>()
  for (const { channelId } of rows)
    if (!lines.has(channelId)) lines.set(channelId, await openLine(deps, workspaceId, channelId, tx))
  return rows.map((row) => ({ ...row, refusal: refusalOf(row, lines.get(row.channelId) ?? null, now) }))
}

function refusalOf(row: Row, opened: OpenedLine | null, now: Date): string | null {
  if (row.blocked) return 'blocked'
  if (row.removed) return 'not-on-channel'
  if (row.optOut === 'all') return 'opted-out'
  if (opened === null) return 'channel-deleted'
  if (opened.paused) return 'channel-paused'
  const { fileCount, lastInAt, byHand } = row
  const body = outgoingBody(row.body)
  const notWanted = optOutRefusal(row.optOut, opened, { body, isAutomatic: row.automatic })
  if (notWanted !== null) return notWanted
  const message = { body, fileCount, lastInAt, now, byHand }
  return opened.adapter.refuses?.(opened.line, message) ?? null
}

/** Puts messages that `holdResendable` found nothing against on their way once more. The caller rings. */
export async function queueAgain(tx: Tx, workspaceId: number, messageIds: readonly number[], now: Date): Promise<void> {
  const these = sql`workspace_id = ${workspaceId} and message_id = any(${messageIds}::bigint[])`
  await sql`
    update message set status = ${statusCode.queued}, failure = null, ext_id = null
    where workspace_id = ${workspaceId} and id = any(${messageIds}::bigint[])`.execute(tx)
  await sql`
    update delivery set state = ${deliveryState.queued}, attempts = 0, next_attempt_at = ${now}, claimed_at = null,
      queued_at = ${now}, contact_id = (select contact_id from contact_channel link
        where link.workspace_id = delivery.workspace_id and link.id = delivery.contact_channel_id)
    where ${these}`.execute(tx)
}
