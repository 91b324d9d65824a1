import { sql } from 'kysely'
import { classifyLine, type ChannelReason } from '#contract/classify-line.ts'
import { loadTrees } from '../contacts/load-trees.ts'
import { startsWith } from '../contacts/show-lines.ts'
import type { OpenedLine } from '../channels/open-line.ts'
import { requireChannel } from '../channels/require-channel.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { linkContact } from './join-contact.ts'
import type { Sender } from './actor-of.ts'
import { findLink } from './find-link.ts'
import { lockAddresses } from './lock-address.ts'
import { lockState } from './lock-state.ts'
import { openLiveLine } from './open-live-line.ts'

/** By which line, and to which address there, a message goes. */
export interface Route {
  readonly opened: OpenedLine
  readonly contactChannel: { readonly id: number; readonly contactId: number; readonly address: string }
  readonly lastInAt: Date | null
}

/**
 * Chooses it: the named channel, else the one last heard from, else the one last used; there the address last heard from,
 * else one made from the phone or e-mail the contact has, where `classifyLine` lets the sender begin. Refuses with the rule
 * that stands against it. May take address locks, so it comes before the contact's state is locked.
 */
export async function chooseRoute(
  tx: Tx,
  deps: Deps,
  sender: Sender,
  contactId: number,
  named: number | null,
): Promise<Route> {
  const { workspaceId } = sender
  const channelId = named ?? (await lastChannel(tx, workspaceId, contactId))
  if (channelId === null) return fail('CONFLICT', { reason: 'no-channel' })
  if (named !== null) await requireChannel(tx, workspaceId, named)
  const opened = await openLiveLine(tx, deps, workspaceId, channelId)
  const links = await linksOn(tx, workspaceId, contactId, channelId)
  const link = links.find(({ connectedAt }) => connectedAt !== null)
  // a mail from nobody, which cannot be answered
  if (link?.address === '') return fail('CONFLICT', { reason: 'no-address' })
  if (link !== undefined) return { opened, contactChannel: link, lastInAt: link.lastInAt }
  return { opened, contactChannel: await firstLink(tx, deps, sender, opened, contactId, links), lastInAt: null }
}

/** G2: of the channels the contact is on, the one last heard from, else the one last used; a deleted one only where all are. */
async function lastChannel(tx: Tx, workspaceId: number, contactId: number): Promise<number | null> {
  const { rows } = await sql<{ channel_id: number }>`
    select link.channel_id from contact_channel link
    join channel on channel.workspace_id = link.workspace_id and channel.id = link.channel_id
    join contact_state state on state.workspace_id = link.workspace_id and state.contact_id = link.owner_id
    where link.workspace_id = ${workspaceId} and link.owner_id = ${contactId} and link.removed_at is null
    order by channel.deleted_at is not null, link.id = state.last_in_contact_channel_id desc nulls last, link.last_in_at desc nulls last,
      coalesce(link.last_out_at, link.created_at) desc, link.id desc limit 1`.execute(tx)
  return rows[0]?.channel_id ?? null
}

/** The contact's live links on a channel, that last heard from first. */
async function linksOn(tx: Tx, workspaceId: number, contactId: number, channelId: number) {
  return tx
    .selectFrom('contact_channel')
    .select(['id', 'contact_id as contactId', 'address', 'address_key as addressKey', 'last_in_at as lastInAt'])
    .select('connected_at as connectedAt')
    .where('workspace_id', '=', workspaceId)
    .where('owner_id', '=', contactId)
    .where('channel_id', '=', channelId)
    .where('removed_at', 'is', null)
    .orderBy('last_in_at', (order) => order.desc().nullsLast())
    .orderBy('id')
    .execute()
}

type LinkOn = Awaited<ReturnType<typeof linksOn>>[number]

/** The first message to somebody with whom nothing was exchanged on this channel. */
async function firstLink(
  tx: Tx,
  deps: Deps,
  sender: Sender,
  { line, adapter }: OpenedLine,
  contactId: number,
  begun: readonly LinkOn[],
) {
  const { workspaceId } = line
  const contact = await tx
    .selectFrom('contact')
    .select(['phone', 'email', 'own', 'blocked_at'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  const to = adapter.addressFor?.(line, contact) ?? null
  // another address than the one that was begun with: that one was wrong
  const wrong = begun.filter(({ addressKey }) => addressKey !== to?.addressKey)
  const keys = to === null ? [] : [to.addressKey]
  await lockAddresses(tx, line, [...keys, ...wrong.map(({ addressKey }) => addressKey)])
  const taken = to === null ? undefined : await findLink(tx, line, [to.addressKey])
  const isTaken = taken !== undefined && taken.ownerId !== contactId
  const at = { startsWith: startsWith(adapter), isTaken, channelState: 'connected' as const, removed: null }
  const [card] = classifyLine(at, [], { ...contact, isBlocked: contact.blocked_at !== null }, sender)
  if (card?.mayStart !== true) return refuseStart(card?.reason)
  if (to === null) return fail('CONFLICT', { reason: 'no-address' })
  if (taken !== undefined) return taken
  const owner = (await lockState(tx, workspaceId, contactId)) ?? fail('NOT_FOUND')
  await dropLinks(tx, workspaceId, wrong)
  const bornOn =
    contact.own === null ? owner.contactId : await whoseValue(tx, workspaceId, owner.contactId, adapter.addressedBy)
  const link = await linkContact(tx, deps, line, { contactId: bornOn, ownerId: owner.contactId }, to, sender.by)
  return { ...link, address: to.address }
}

function refuseStart(reason: ChannelReason | undefined): never {
  if (reason === 'only-contact') return fail('CONFLICT', { reason: 'only-contact-can-start' })
  if (reason === 'no-phone' || reason === 'no-email') return fail('CONFLICT', { reason: 'no-address' })
  return reason === 'address-of-another' ? fail('CONFLICT', { reason }) : fail('FORBIDDEN')
}

/** Nothing has gone through by these: no history hangs on them, and a message from there is somebody new. */
async function dropLinks(tx: Tx, workspaceId: number, links: readonly LinkOn[]): Promise<void> {
  if (links.length === 0) return
  const ids = links.map(({ id }) => id)
  await tx
    .updateTable('contact_channel')
    .set({ removed_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
}

/** Of a merged contact, the one that says its primary phone or e-mail: if they are parted, the exchange is theirs. */
async function whoseValue(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  addressedBy: OpenedLine['adapter']['addressedBy'],
): Promise<number> {
  if (addressedBy === 'other') return contactId
  const { members } = await loadTrees(tx, workspaceId, [contactId])
  const primary = members.find(({ id }) => id === contactId)?.row[addressedBy]
  const says = members.filter(({ own }) => own[addressedBy].value === primary).map(({ id }) => id)
  return says.includes(contactId) ? contactId : (says[0] ?? contactId)
}
