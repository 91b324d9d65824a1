import type { Incoming, Line } from '../channels/adapter.ts'
import type { Clock } from '../db/clock.ts'
import type { Tx } from '../http/endpoint.ts'
import { countHeld } from '../usage/count-active.ts'
import type { KeptFile } from './keep-files.ts'

/**
 * Keeps a blocked contact's message apart: shown nowhere, counted for the record and until the billing cycle ends in which it
 * was blocked; nothing else of the contact changes. It is
 * kept whole, so that unblocking can put it into the thread where it came. Call it with the contact's state locked.
 */
export async function holdMessage(
  tx: Tx,
  deps: { readonly clock: Pick<Clock, 'next'> },
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  { contactId, fresh }: { contactId: number; fresh: boolean },
  item: Extract<Incoming, { type: 'message' }>,
  files: readonly KeptFile[],
): Promise<number> {
  const id = deps.clock.next()
  await tx
    .insertInto('held_message')
    .values({
      workspace_id: line.workspaceId,
      id,
      contact_id: contactId,
      channel_id: line.channelId,
      address: item.sender.address,
      incoming: JSON.stringify({ ...item, files }),
    })
    .execute()
  await tx
    .updateTable('contact_block')
    .set(({ eb }) => ({ held: eb('held', '+', 1) }))
    .where('workspace_id', '=', line.workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  const incoming = item.echo !== true
  await countHeld(tx, line.workspaceId, { messageId: id, contactId, channelId: line.channelId, incoming, fresh })
  return id
}
