import { z } from 'zod'
import { writes } from './base.ts'
import { ContactDetails } from './contacts.ts'
import { Id } from './primitives.ts'

const link = z.object({ contactId: Id, contactChannelId: Id })

export const contactChannels = {
  /**
   * Takes the link off the contact, for everybody; its history stays, and what is still queued there fails. A later message
   * from the address makes a new link. Asking again changes nothing. CONFLICT `blocked`.
   */
  remove: writes('contactChannels.remove', '/contacts/{contactId}/channels/{contactChannelId}', 'DELETE')
    .input(link)
    .output(ContactDetails),
  /** Takes a removal back. CONFLICT `address-taken` where the address has a link again, `channel-deleted`, `blocked`. */
  restore: writes('contactChannels.remove', '/contacts/{contactId}/channels/{contactChannelId}/restore')
    .input(link)
    .output(ContactDetails),
}
