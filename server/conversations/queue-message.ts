import type { OutgoingBody } from '#contract/conversations.ts'
import type { Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { JobData } from '../jobs/queue.ts'
import { optedOutOf } from '../opt-outs/has-opted-out.ts'
import type { Sender } from './actor-of.ts'
import type { Route } from './choose-route.ts'
import type { LockedState } from './lock-state.ts'
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
  await refuseOptedOut(tx, state, line, part.body)
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
  { channelId, progress }: Pick<Line, 'channelId' | 'progress'>,
  body: OutgoingBody,
): Promise<void> {
  const scope = await optedOutOf(tx, workspaceId, contactId, channelId)
  if (scope === 'all') fail('CONFLICT', { reason: 'opted-out' })
  if (scope === 'marketing' && templateOf(progress, body)?.category === 'marketing')
    fail('CONFLICT', { reason: 'marketing-stopped' })
}

/** The template's text with its values; empty where it is not known. */
function templateText(progress: Line['progress'], body: OutgoingBody): string {
  const text = templateOf(progress, body)?.body
  if (body.type !== 'template' || typeof text !== 'string') return ''
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, key: string) =>
    Object.hasOwn(body.variables, key) ? (body.variables[key] ?? whole) : whole,
  )
}

type Known = { readonly [Key in 'name' | 'language' | 'category' | 'body']?: unknown }

/** The template that is to be sent, from the list the line last saw. */
function templateOf(progress: Line['progress'], body: OutgoingBody): Known | undefined {
  if (body.type !== 'template' || !Array.isArray(progress['templates'])) return undefined
  return (progress['templates'] as Known[]).find(
    ({ name, language }) => name === body.name && language === body.language,
  )
}
