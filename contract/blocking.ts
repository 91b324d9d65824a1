import { z } from 'zod'
import { reads, writes } from './base.ts'
import { Block, ContactDetails } from './contacts.ts'
import { Cursor, Id, Limit, page, text } from './primitives.ts'
import { ContactSummary } from './suggestion.ts'

export const BlockedContact = z.object({ contact: ContactSummary, block: Block })
export type BlockedContact = z.infer<typeof BlockedContact>

export const blocking = {
  /**
   * Closes the conversation and blocks the contact, with all it has absorbed: from now on what it sends is held apart. Agents
   * may where the workspace offers it to everyone in the Inbox, else FORBIDDEN `not-offered`. One that is blocked already stays
   * so, with the reason it has.
   */
  block: writes('contacts.block', '/contacts/{contactId}/block')
    .input(z.object({ contactId: Id, reason: text(500).nullish() }))
    .output(ContactDetails),
  /**
   * Takes the block off; no conversation is opened by it. What was held is put into the thread where it came (`showHeld`), soon
   * after, else dropped. One that is not blocked stays as it is.
   */
  unblock: writes('contacts.unblock', '/contacts/{contactId}/unblock')
    .input(z.object({ contactId: Id, showHeld: z.boolean().default(false) }))
    .output(ContactDetails),
  /** Newest first; keyset pages. `q` finds as in the list of contacts. */
  list: reads('contacts.unblock', '/contacts/blocked')
    .input(z.object({ q: text(200).optional(), cursor: Cursor.nullish(), limit: Limit }))
    .output(page(BlockedContact)),
  /** How many there are, counted to 1 000. */
  counts: reads('contacts.unblock', '/contacts/blocked/counts').output(z.object({ blocked: z.number().int() })),
}
