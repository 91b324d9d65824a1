import { sql } from 'kysely'
import { emailKey } from '../identity/email-key.ts'
import { nameRelation } from '../identity/name-relation.ts'
import { phoneKey } from '../identity/phone-key.ts'
import type { ChannelAdapter, IncomingSender } from '../channels/adapter.ts'
import type { Tx } from '../http/endpoint.ts'
import { contactsWithKey } from './contacts-with-key.ts'
import { lockIdentity } from './lock-address.ts'

/**
 * The contact that a first message from an unknown address joins: the only one with the same phone key (and no name that
 * contradicts) or the same e-mail key. None, several, an address that proves nothing or a sender who failed to prove it:
 * null, and a new contact is made. Of a merged contact the one that has the key, itself before those it absorbed.
 */
export async function findContactByIdentity(
  tx: Tx,
  workspaceId: number,
  addressedBy: ChannelAdapter['addressedBy'],
  sender: IncomingSender,
): Promise<number | null> {
  const key = identityOf(addressedBy, sender, await defaultCountry(tx, workspaceId))
  if (key === null) return null
  await lockIdentity(tx, workspaceId, key)
  const matches = await contactsWithKey(tx, workspaceId, key)
    .select(['contact.id', 'contact.first_name', 'contact.last_name', 'contact.profile_name'])
    .select(sql<number>`coalesce(min(born.id) filter (where born.root_id is null), min(born.id))`.as('bornOn'))
    .groupBy(['contact.workspace_id', 'contact.id'])
    .limit(2)
    .execute()
  const [only, second] = matches
  if (only === undefined || second !== undefined) return null
  if (addressedBy === 'phone' && namesConflict(sender, only)) return null
  return only.bornOn
}

/** Only keys that may link by themselves: an unverifiable or local number may not. */
function identityOf(
  addressedBy: ChannelAdapter['addressedBy'],
  { phone, email, verified }: IncomingSender,
  country: string | null,
): string | null {
  if (addressedBy === 'phone' && typeof phone === 'string') {
    const { key, strength } = phoneKey(phone, country)
    return strength === 'exact' || strength === 'repaired' ? key : null
  }
  return addressedBy === 'email' && typeof email === 'string' && verified !== false ? emailKey(email).key : null
}

function namesConflict(
  { firstName, lastName, profileName }: IncomingSender,
  contact: { first_name: string | null; last_name: string | null; profile_name: string | null },
): boolean {
  const theirs = fullName(firstName, lastName) || (profileName ?? '')
  const ours = fullName(contact.first_name, contact.last_name) || (contact.profile_name ?? '')
  return theirs !== '' && ours !== '' && nameRelation(theirs, ours) === 'conflict'
}

const fullName = (first: string | null | undefined, last: string | null | undefined) =>
  [first, last].filter(Boolean).join(' ')

async function defaultCountry(tx: Tx, workspaceId: number): Promise<string | null> {
  const workspace = await tx
    .selectFrom('workspace')
    .select('default_country')
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return workspace?.default_country ?? null
}
