import type { ContactDetails } from '#contract/contacts.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { visibleContacts } from './visible-contacts.ts'

/** The record as the drawer shows it, for a member who sees the contact. */
export async function getContact(
  { db, deps, actor }: ReadContext,
  { contactId }: { contactId: number },
): Promise<ContactDetails> {
  return loadContactDetails(db, deps, actor, contactId, visibleContacts(actor))
}
