import { loadTrees } from '../contacts/load-trees.ts'
import type { OpenedLine } from '../channels/open-line.ts'
import type { Deps } from '../deps.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { linkContact } from './join-contact.ts'
import { activityActor } from './actor-of.ts'
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
 * else one made from the phone or e-mail the contact has, where we may write first. Refuses with the rule that stands
 * against it. May take an address lock, so it comes before the contact's state is locked.
 */
export async function chooseRoute(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  contactId: number,
  named: number | null,
): Promise<Route> {
  const { workspaceId } = actor
  const channelId = named ?? (await lastChannel(tx, workspaceId, contactId))
  if (channelId === null) return fail('CONFLICT', { reason: 'no-channel' })
  if (named !== null) await refuseUnknownChannel(tx, workspaceId, named)
  const opened = await openLiveLine(tx, deps, workspaceId, channelId)
  const link = await lastLink(tx, workspaceId, contactId, channelId)
  // a mail from nobody, which cannot be answered
  if (link?.address === '') return fail('CONFLICT', { reason: 'no-address' })
  if (link !== undefined) return { opened, contactChannel: link, lastInAt: link.last_in_at }
  return { opened, contactChannel: await firstLink(tx, deps, actor, opened, contactId), lastInAt: null }
}

async function refuseUnknownChannel(tx: Tx, workspaceId: number, channelId: number): Promise<void> {
  const channel = await tx
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .executeTakeFirst()
  if (channel === undefined) fail('NOT_FOUND')
}

async function lastChannel(tx: Tx, workspaceId: number, contactId: number): Promise<number | null> {
  const state = await tx
    .selectFrom('contact_state')
    .leftJoin('contact_channel as heard', (join) =>
      join
        .onRef('heard.workspace_id', '=', 'contact_state.workspace_id')
        .onRef('heard.id', '=', 'contact_state.last_in_contact_channel_id')
        .on('heard.removed_at', 'is', null),
    )
    .select(({ fn }) => fn.coalesce('heard.channel_id', 'contact_state.last_channel_id').as('channelId'))
    .where('contact_state.workspace_id', '=', workspaceId)
    .where('contact_state.contact_id', '=', contactId)
    .executeTakeFirst()
  return state?.channelId ?? null
}

async function lastLink(tx: Tx, workspaceId: number, contactId: number, channelId: number) {
  return tx
    .selectFrom('contact_channel')
    .select(['id', 'contact_id as contactId', 'address', 'last_in_at'])
    .where('workspace_id', '=', workspaceId)
    .where('owner_id', '=', contactId)
    .where('channel_id', '=', channelId)
    .where('removed_at', 'is', null)
    .orderBy('last_in_at', (order) => order.desc().nullsLast())
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** The first message to somebody who has not written on this channel: only where a phone or e-mail leads to them. */
async function firstLink(tx: Tx, deps: Deps, actor: Actor, { line, adapter }: OpenedLine, contactId: number) {
  const { workspaceId } = line
  if (adapter.addressFor === undefined) return fail('CONFLICT', { reason: 'only-contact-can-start' })
  const contact = await tx
    .selectFrom('contact')
    .select(['phone', 'email', 'own'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  const to = adapter.addressFor(line, contact)
  if (to === null) {
    const missing = adapter.addressedBy === 'email' ? contact.email === null : contact.phone === null
    const reachable = adapter.addressedBy !== 'other'
    return fail('CONFLICT', { reason: reachable && missing ? 'no-address' : 'only-contact-can-start' })
  }
  await lockAddresses(tx, line, [to.addressKey])
  const taken = await findLink(tx, line, [to.addressKey])
  if (taken !== undefined)
    return taken.ownerId === contactId ? taken : fail('CONFLICT', { reason: 'address-of-another' })
  const owner = (await lockState(tx, workspaceId, contactId)) ?? fail('NOT_FOUND')
  const bornOn =
    contact.own === null ? owner.contactId : await whoseValue(tx, workspaceId, owner.contactId, adapter.addressedBy)
  const link = await linkContact(
    tx,
    deps,
    line,
    { contactId: bornOn, ownerId: owner.contactId },
    to,
    activityActor(actor),
  )
  return { ...link, address: to.address }
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
