import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { findSeen } from './find-seen.ts'
import type { Notice } from './ingest-message.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { lockTarget } from './lock-target.ts'
import { planEditBody } from './plan-edit-body.ts'

/** Gives a message the words its writer has given it since. `unmatched`: the message is not known yet. */
export async function ingestEdit(
  deps: Pick<Deps, 'db'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  item: Extract<Incoming, { type: 'edit' }>,
): Promise<Notice[] | 'unmatched'> {
  const { workspaceId } = line
  const target = await findSeen(deps.db, line, item.targetExtId)
  if (target === undefined) return 'unmatched'
  return deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, target.contactId)
    if (state === undefined || state.blocked) return []
    const message = await lockTarget(tx, line, target.messageId, item.sender)
    const edit = { text: item.text, revision: item.revision, at: item.at ?? new Date() }
    const body = message === undefined ? null : planEditBody(message.body, edit)
    if (body === null) return []
    await tx
      .updateTable('message')
      .set({ body: JSON.stringify(body) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', target.messageId)
      .execute()
    return [conversationNotice(state, 'message', { messageId: target.messageId })]
  })
}
