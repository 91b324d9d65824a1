import type { Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { ChannelRow } from './open-line.ts'

/** A channel of the workspace that was not removed; anything else is not there. */
export async function findChannel(db: Reader, workspaceId: number, channelId: number): Promise<ChannelRow> {
  const row = await query(db, workspaceId, channelId).executeTakeFirst()
  return row ?? fail('NOT_FOUND')
}

/** The same, held until the transaction ends. */
export async function holdChannel(tx: Tx, workspaceId: number, channelId: number): Promise<ChannelRow> {
  const row = await query(tx, workspaceId, channelId).forUpdate().executeTakeFirst()
  return row ?? fail('NOT_FOUND')
}

const query = (db: Reader, workspaceId: number, channelId: number) =>
  db
    .selectFrom('channel')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .where('deleted_at', 'is', null)
