import type { BulkAct } from '../bulk/bulk-act.ts'
import { removeDoomed } from '../files/remove-doomed.ts'
import { checkDeletion } from './check-deletion.ts'
import { deleteContacts, removeMessages } from './delete-contacts.ts'

/** Deleting as an act on many contacts. */
export const deletion: BulkAct = {
  carryOut: deleteContacts,
  carryOn: removeMessages,
  afterBatch: ({ deps, workspaceId }, signal) => removeDoomed(deps, workspaceId, signal),
  check: checkDeletion,
}
