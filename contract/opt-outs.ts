import { z } from 'zod'
import { writes } from './base.ts'
import { ContactDetails } from './contacts.ts'
import { Id, name, text } from './primitives.ts'

/** null: by no channel at all. */
const by = z.object({ contactId: Id, channelId: Id.nullable() })

/**
 * Who does not want to be written to. Every sending is refused (409 `opted-out`), what is still queued fails. A contact that
 * writes STOP where the channel knows it opts out by itself, and in again by START. Who stopped advertising only, at the
 * provider, is refused templates of that category (409 `marketing-stopped`).
 */
export const optOuts = {
  /** Safe to repeat: what stands already stays, with its reason. Holds for all whom the contact has absorbed. */
  set: writes('contacts.edit', '/contacts/{contactId}/opt-outs')
    .input(by.extend({ reason: text(500).nullish() }))
    .output(ContactDetails),
  /** Says why the contact may be written to again. Safe to repeat. */
  lift: writes('optOut.lift', '/contacts/{contactId}/opt-outs/lift')
    .input(by.extend({ reason: name(500) }))
    .output(ContactDetails),
}
