import type { Actor, Tx } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'

/**
 * Gives a member's own uploads to the message being sent. Each can be sent once and by its uploader only; any other id,
 * another's or of another workspace, is as good as unknown.
 */
export async function attachUploads(
  tx: Tx,
  actor: Pick<Actor, 'workspaceId' | 'memberId'>,
  ids: readonly string[],
  message: { messageId: number; contactId: number },
): Promise<void> {
  if (ids.length === 0) return
  const known = ids.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
  const attached =
    known.length === 0
      ? []
      : await tx
          .updateTable('attachment')
          .set({ message_id: message.messageId, contact_id: message.contactId })
          .where('workspace_id', '=', actor.workspaceId)
          .where('id', 'in', known)
          .where('uploaded_by', '=', actor.memberId)
          .where('message_id', 'is', null)
          .where('state', '=', 'stored')
          .returning('id')
          .execute()
  if (attached.length !== ids.length) refuse('attachmentIds', 'unknown', 'Upload each file first, and send it once.')
}
