import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { lockAddresses } from './lock-address.ts'
import { lockVisibleState, type LockedState } from './lock-state.ts'

/** A link of a contact, live or taken off, with its line. */
export interface HeldLink {
  readonly id: number
  readonly contactId: number
  readonly channelId: number
  readonly address: string
  readonly addressKey: string
  readonly removedAt: Date | null
  readonly connectedAt: Date | null
  readonly channelName: string
  readonly kind: string
  readonly channelDeletedAt: Date | null
}

/**
 * Locks the addresses of a contact's link and then the contact's state, so that no message of theirs is just being taken in
 * by it. A contact the member does not see, or a link that is not its own, is not there.
 */
export async function holdLink(
  tx: Tx,
  actor: Actor,
  { contactId, contactChannelId }: { contactId: number; contactChannelId: number },
): Promise<{ state: LockedState; link: HeldLink }> {
  const { workspaceId } = actor
  const seen = (await findLinkRow(tx, workspaceId, contactChannelId)) ?? fail('NOT_FOUND')
  const aliases = await tx
    .selectFrom('contact_channel_alias')
    .select('address_key')
    .where('workspace_id', '=', workspaceId)
    .where('contact_channel_id', '=', contactChannelId)
    .execute()
  await lockAddresses(tx, { workspaceId, channelId: seen.channelId }, [
    seen.addressKey,
    ...aliases.map(({ address_key }) => address_key),
  ])
  const state = await lockVisibleState(tx, actor, contactId)
  // as it is now that nobody else changes it
  const link = (await findLinkRow(tx, workspaceId, contactChannelId)) ?? fail('NOT_FOUND')
  return link.ownerId === state.contactId ? { state, link } : fail('NOT_FOUND')
}

function findLinkRow(
  tx: Tx,
  workspaceId: number,
  contactChannelId: number,
): Promise<(HeldLink & { ownerId: number }) | undefined> {
  return tx
    .selectFrom('contact_channel as link')
    .innerJoin('channel', (join) =>
      join.onRef('channel.workspace_id', '=', 'link.workspace_id').onRef('channel.id', '=', 'link.channel_id'),
    )
    .select(['link.id', 'link.contact_id as contactId', 'link.owner_id as ownerId', 'link.channel_id as channelId'])
    .select(['link.address', 'link.address_key as addressKey', 'link.removed_at as removedAt'])
    .select(['link.connected_at as connectedAt', 'channel.name as channelName', 'channel.kind'])
    .select('channel.deleted_at as channelDeletedAt')
    .where('link.workspace_id', '=', workspaceId)
    .where('link.id', '=', contactChannelId)
    .executeTakeFirst()
}
