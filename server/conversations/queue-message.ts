import type { OutgoingBody } from '#contract/conversations.ts'
import type { Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { JobData } from '../jobs/queue.ts'
import { findOptOutScope } from '../opt-outs/opt-out-scope.ts'
import type { Sender } from './actor-of.ts'
import type { Route } from './choose-route.ts'
import { findTemplate } from './find-template.ts'
import type { LockedState } from './lock-state.ts'
import { optOutRefusal } from './opt-out-refusal.ts'
import { storedBody } from './outgoing-body.ts'
import { recordMessage } from './record-message.ts'
import type { MessagePart } from './split-files.ts'

/** What is to be queued, once its route is chosen and the contact's state is locked. */
interface Queueing {
  readonly sender: Sender
  readonly state: LockedState
  readonly route: Route
  readonly part: MessagePart
  readonly replyTo: number | null
}

/** Puts a message into the thread and on its way out. The caller rings (`bellOf`) last. */
export async function queueMessage(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  { sender, state, route, part, replyTo }: Queueing,
): Promise<{ id: number; state: LockedState }> {
  const {
    opened: { line, adapter },
    contactChannel,
  } = route
  await requireOwner(tx, state, contactChannel.id)
  await refuseOptedOut(tx, state, route.opened, { body: part.body, isAutomatic: sender.by.type === 'workflow' })
  const recorded = await recordMessage(tx, deps, state, {
    contactChannel,
    channelId: line.channelId,
    sender: sender.by,
    status: 'queued',
    body: storedBody(part.body, {
      kind: adapter.kind,
      to: contactChannel.address,
      templateText: templateText(line.progress, part.body),
      fileCount: part.attachmentIds.length,
    }),
    extId: null,
    verified: null,
    replyTo,
  })
  await tx
    .insertInto('delivery')
    .values({
      workspace_id: line.workspaceId,
      message_id: recorded.id,
      contact_id: contactChannel.contactId,
      channel_id: line.channelId,
      contact_channel_id: contactChannel.id,
    })
    .execute()
  return recorded
}

/** Whose bell is rung for what was queued on a route. */
export const bellOf = ({ opened: { line } }: Route): JobData['deliver-messages'] => ({
  workspaceId: line.workspaceId,
  channelId: line.channelId,
})

/** What the channel itself cannot carry now: a window that is shut, a kind of message it does not know. */
export function refuseUnsendable(
  { opened, lastInAt }: Route,
  { body, fileCount, now, byHand }: { body: OutgoingBody; fileCount: number; now: Date; byHand: boolean },
): void {
  const reason = opened.adapter.refuses?.(opened.line, { body, fileCount, lastInAt, now, byHand }) ?? null
  if (reason !== null) fail('CONFLICT', { reason })
}

/** Since the route was chosen a merge may have been made or taken back, or the channel taken off: the address is not the contact's. */
async function requireOwner(tx: Tx, state: LockedState, contactChannelId: number): Promise<void> {
  const link = await tx
    .selectFrom('contact_channel')
    .select(['owner_id', 'removed_at'])
    .where('workspace_id', '=', state.workspaceId)
    .where('id', '=', contactChannelId)
    .executeTakeFirst()
  if (link?.owner_id !== state.contactId || link.removed_at !== null) fail('UNAVAILABLE')
}

/** Whoever does not want to be written to there is not: nobody's wish to answer counts more. */
async function refuseOptedOut(
  tx: Tx,
  { workspaceId, contactId }: Pick<LockedState, 'workspaceId' | 'contactId'>,
  opened: Route['opened'],
  message: Parameters<typeof optOutRefusal>[2],
): Promise<void> {
  const scope = await findOptOutScope(tx, workspaceId, contactId, opened.line.channelId)
  const reason = optOutRefusal(scope, opened, message)
  if (reason !== null) fail('CONFLICT', { reason })
}

/** The template's text with its values; empty where it is not known. */
function templateText(progress: Line['progress'], body: OutgoingBody): string {
  const text = findTemplate(progress, body)?.body
  if (body.type !== 'template' || typeof text !== 'string') return ''
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, key: string) =>
    Object.hasOwn(body.variables, key) ? (body.variables[key] ?? whole) : whole,
  )
}
