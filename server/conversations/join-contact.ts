import { recordActivity } from '../activity/record-activity.ts'
import type { ChannelAdapter, IncomingSender, Line } from '../channels/adapter.ts'
import { insertContact } from '../contacts/insert-contact.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { findContactByIdentity } from './find-contact.ts'
import { findLink, keysOf } from './find-link.ts'
import { lockState } from './lock-state.ts'

interface Joined {
  /** The contact, where it is merged the one of its members that the address or the phone or e-mail is of. */
  readonly bornOn: number
  /** Its link; null where the contact is blocked and has none with this address: none is made for it. */
  readonly contactChannel: { readonly id: number; readonly contactId: number } | null
  readonly isNew: boolean
}

/** Who it would have been was deleted while we waited: whoever begins anew finds nobody. */
export const gone = new Error('the contact was deleted meanwhile')

/**
 * Whom an address belongs to: the live contact channel with it, else the contact that its phone or e-mail identifies, else
 * a contact made now. Call it with the address locked.
 */
export async function joinContact(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  line: Line,
  addressedBy: ChannelAdapter['addressedBy'],
  sender: IncomingSender,
): Promise<Joined> {
  const known = await findLink(tx, line, keysOf(sender))
  if (known !== undefined) return { bornOn: known.contactId, contactChannel: known, isNew: false }
  const match = await findContactByIdentity(tx, line.workspaceId, addressedBy, sender)
  const contactId = match ?? (await makeContact(tx, deps, line, sender))
  // nobody merges it, takes a merge back or blocks it until the link stands under the right contact
  const owner = match === null ? undefined : await lockState(tx, line.workspaceId, contactId)
  if (match !== null && owner === undefined) throw gone
  if (owner?.blocked === true) return { bornOn: contactId, contactChannel: null, isNew: false }
  const link = { contactId, ownerId: owner?.contactId ?? contactId }
  const contactChannel = await linkContact(tx, deps, line, link, sender, { type: 'contact', id: contactId })
  return { bornOn: contactId, contactChannel, isNew: match === null }
}

async function makeContact(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  line: Line,
  sender: IncomingSender,
): Promise<number> {
  const { contactId } = await insertContact(tx, deps, {
    workspaceId: line.workspaceId,
    source: 'channel',
    by: line.channelId,
    values: {
      firstName: sender.firstName ?? null,
      lastName: sender.lastName ?? null,
      email: sender.email ?? null,
      phone: sender.phone ?? null,
      country: sender.country ?? null,
      language: sender.language ?? null,
    },
    profileName: sender.profileName,
    pictureUrl: sender.pictureUrl ?? null,
  })
  return contactId
}

/**
 * Links a contact to an address on a channel. Call it with the address locked and known to be free, and with the state of
 * the contact that is live in its place locked, unless nobody else knows it yet.
 */
export async function linkContact(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  line: Pick<Line, 'workspaceId' | 'channelId' | 'name'> & { settings: { kind: string } },
  { contactId, ownerId }: { contactId: number; ownerId: number },
  to: { address: string; addressKey: string; profileName?: string | null; pictureUrl?: string | null },
  actor: Parameters<typeof recordActivity>[3][number]['actor'],
): Promise<{ id: number; contactId: number }> {
  const id = await deps.numbers.next(line.workspaceId, 'contactChannel')
  await tx
    .insertInto('contact_channel')
    .values({
      workspace_id: line.workspaceId,
      id,
      channel_id: line.channelId,
      contact_id: contactId,
      owner_id: ownerId,
      address: to.address,
      address_key: to.addressKey,
      profile_name: to.profileName ?? null,
      picture_url: to.pictureUrl ?? null,
    })
    .execute()
  await recordActivity(tx, deps.clock, line.workspaceId, [
    {
      contactId,
      kind: 'contactChannelAdded',
      actor,
      data: {
        contactChannelId: id,
        channelId: line.channelId,
        channelName: line.name,
        kind: line.settings.kind,
        address: to.address,
      },
    },
  ])
  return { id, contactId }
}
