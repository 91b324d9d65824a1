import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
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

/** Which of a provider's ids on this line are known. */
export async function findAllSeen(db: Reader, line: LineKey, extIds: readonly string[]): Promise<Set<string>> {
  const hashes = new Map(extIds.map((extId) => [hashExtId(extId), extId]))
  const { rows } = await sql<{ hash: string }>`${preparedFor(extIds.length)}
    select ext_hash as hash from message_seen
    where workspace_id = ${line.workspaceId} and channel_id = ${line.channelId} and ext_hash = any(${[...hashes.keys()]}::uuid[])`.execute(
    db,
  )
  return new Set(rows.map(({ hash }) => hashes.get(hash)!))
}

/** Remembers them. False when somebody else has remembered one: then nothing of this transaction may stand. */
export async function rememberSeen(
  tx: Tx,
  line: LineKey,
  messages: readonly { extId: string; messageId: number; contactId: number }[],
): Promise<boolean> {
  const { rows } = await sql`${preparedFor(messages.length)}
    insert into message_seen (workspace_id, channel_id, ext_hash, message_id, contact_id)
    select ${line.workspaceId}::bigint, ${line.channelId}::bigint, ext_hash, message_id, contact_id
    from unnest(${messages.map(({ extId }) => hashExtId(extId))}::uuid[], ${messages.map(({ messageId }) => messageId)}::bigint[],
      ${messages.map(({ contactId }) => contactId)}::bigint[]) seen (ext_hash, message_id, contact_id)
    on conflict do nothing
    returning message_id`.execute(tx)
  return rows.length === messages.length
}
