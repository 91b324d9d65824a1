import type { BulkAct } from '../bulk/bulk-act.ts'
import { removeDoomed } from '../files/remove-doomed.ts'
import { checkBatch, checkDeletion } from './check-deletion.ts'
import { deleteContacts, removeMessages } from './delete-contacts.ts'

/** Deleting as an act on many contacts. */
export const deletion: BulkAct = {
  carryOut: deleteContacts,
  lanes: 2,
  // with less, opening a record beside two batches takes more than twice as long as without them
  restShare: 0.6,
  carryOn: removeMessages,
  async afterBatch(work, signal, place) {
    await removeDoomed(work.deps, work.workspaceId, signal)
    await checkBatch(work, place)
  },
  async check(work, signal) {
    await removeDoomed(work.deps, work.workspaceId, signal)
    return checkDeletion(work, signal)
  },
}
