import { sql } from 'kysely'
import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { removeDoomed } from '../files/remove-doomed.ts'
import type { Tx } from '../http/endpoint.ts'
import { findSeen } from './find-seen.ts'
import type { Notice } from './ingest-message.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { lockTarget } from './lock-target.ts'
import type { StoredBody } from './outgoing-body.ts'

/**
 * Takes a message away that was taken back by who sent it: that there was one stays, nothing of what it said. It holds for
 * a blocked contact too. `unmatched`: the message is not known yet.
 */
export async function ingestUnsend(
  deps: Pick<Deps, 'db' | 'files'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  item: Extract<Incoming, { type: 'unsend' }>,
): Promise<Notice[] | 'unmatched'> {
  const { workspaceId } = line
  const target = await findSeen(deps.db, line, item.targetExtId)
  if (target === undefined) return 'unmatched'
  const notices = await deps.db.transaction().execute(async (tx): Promise<Notice[]> => {
    const state = await lockState(tx, workspaceId, target.contactId)
    if (state === undefined) return []
    await dropHeld(tx, workspaceId, target.messageId, item.sender.address)
    const message = await lockTarget(tx, line, target.messageId, item.sender)
    if (message === undefined || message.body.type === 'unsent') return []
    await emptyMessage(tx, workspaceId, target.messageId)
    return [conversationNotice(state, 'message', { messageId: target.messageId })]
  })
  // what a killed process leaves, the hourly tidying takes
  await removeDoomed(deps, workspaceId, new AbortController().signal)
  return notices
}

async function emptyMessage(tx: Tx, workspaceId: number, messageId: number): Promise<void> {
  const body: StoredBody = { type: 'unsent' }
  await tx
    .updateTable('message')
    .set({ body: JSON.stringify(body), reactions: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .execute()
  const its = sql`workspace_id = ${workspaceId} and message_id = ${messageId}`
  await sql`delete from message_html where ${its}`.execute(tx)
  await sql`
    with gone as (delete from attachment where ${its} returning workspace_id, id)
    insert into doomed_file (workspace_id, id) select workspace_id, id from gone on conflict do nothing`.execute(tx)
}

/** What is held of a blocked contact stands in no thread yet. */
async function dropHeld(tx: Tx, workspaceId: number, id: number, address: string): Promise<void> {
  await sql`
    with gone as (
      delete from held_message where workspace_id = ${workspaceId} and id = ${id} and address = ${address}
      returning workspace_id, incoming)
    insert into doomed_file (workspace_id, id)
    select workspace_id, (file->>'id')::uuid from gone, jsonb_array_elements(gone.incoming->'files') file
    on conflict do nothing`.execute(tx)
}
