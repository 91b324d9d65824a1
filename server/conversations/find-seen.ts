import type { Reader, Tx } from '../http/endpoint.ts'
import { hashExtId } from './hash-ext-id.ts'

type LineKey = { readonly workspaceId: number; readonly channelId: number }

/** The message that a provider's id on this line stands for, if it is known. */
export async function findSeen(
  db: Reader,
  line: LineKey,
  extId: string,
): Promise<{ messageId: number; contactId: number } | undefined> {
  return db
    .selectFrom('message_seen')
    .select(['message_id as messageId', 'contact_id as contactId'])
    .where('workspace_id', '=', line.workspaceId)
    .where('channel_id', '=', line.channelId)
    .where('ext_hash', '=', hashExtId(extId))
    .executeTakeFirst()
}

/** Remembers it. False when somebody else has: then nothing of this transaction may stand. */
export async function rememberSeen(
  tx: Tx,
  line: LineKey,
  extId: string,
  message: { messageId: number; contactId: number },
): Promise<boolean> {
  const row = await tx
    .insertInto('message_seen')
    .values({
      workspace_id: line.workspaceId,
      channel_id: line.channelId,
      ext_hash: hashExtId(extId),
      message_id: message.messageId,
      contact_id: message.contactId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  return row !== undefined
}
