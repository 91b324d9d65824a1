import { z } from 'zod'
import { errors } from './errors.ts'
import { reads, writes } from './base.ts'
import { BulkJob } from './bulk.ts'
import { Selection } from './filter.ts'
import { Id } from './primitives.ts'

export const deletion = {
  /** What would go, counted now: the contacts exactly, the rest up to 10 000 each. */
  preview: reads('contacts.delete', '/deletions/preview')
    .errors({ CONFLICT: errors.CONFLICT })
    .input(z.object({ selection: Selection }))
    .output(
      z.object({
        contacts: z.number().int(),
        /** Merged into them: they go too. */
        absorbed: z.number().int(),
        conversations: z.number().int(),
        openConversations: z.number().int(),
      }),
    ),
  /**
   * Deletes contacts for good, with all they have absorbed and everything exchanged with them, in the background. `contacts` is
   * how many the selection holds: another number is refused (STALE) with the present one. The number of an absorbed contact is
   * refused and its survivor named.
   */
  start: writes('contacts.delete', '/deletions')
    .input(z.object({ selection: Selection, contacts: z.number().int().min(1) }))
    .output(BulkJob),
  /** Stops it between two batches: who is deleted stays so, all others are left as they are. Asking again changes nothing. */
  cancel: writes('contacts.delete', '/deletions/{jobId}/cancel')
    .input(z.object({ jobId: Id }))
    .output(BulkJob),
}
