import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { findSeen, rememberSeen } from './find-seen.ts'
import type { Notice } from './ingest-message.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { lockTarget } from './lock-target.ts'

/** How reactions stand in `message.reactions`: one of each sender. */
export interface StoredReaction {
  readonly emoji: string
  readonly from: 'contact' | 'member'
  readonly by: string
}

/** Puts a contact's reaction on a message of their own thread, or takes it back. `unmatched`: the message is not known yet. */
export async function ingestReaction(
  deps: Pick<Deps, 'db'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  item: Extract<Incoming, { type: 'reaction' }>,
): Promise<Notice[] | 'unmatched'> {
  const { workspaceId } = line
  const target = await findSeen(deps.db, line, item.targetExtId)
  if (target === undefined) return 'unmatched'
  return deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, target.contactId)
    if (state === undefined || state.blocked) return []
    const message = await lockTarget(tx, line, target.messageId, item.sender)
    if (message === undefined || !(await rememberSeen(tx, line, [{ ...target, extId: item.extId }]))) return []
    const others = ((message.reactions ?? []) as StoredReaction[]).filter(({ by }) => by !== item.sender.addressKey)
    const mine: StoredReaction[] =
      item.emoji === null ? [] : [{ emoji: item.emoji, from: 'contact', by: item.sender.addressKey }]
    await tx
      .updateTable('message')
      .set({ reactions: JSON.stringify([...others, ...mine]) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', target.messageId)
      .execute()
    return [conversationNotice(state, 'message', { messageId: target.messageId })]
  })
}
