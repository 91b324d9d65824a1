import type { Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import type { Reader } from '../http/endpoint.ts'

type LineKey = Pick<Line, 'workspaceId' | 'channelId'>

/** Ends one token for good: its visitor has signed out, or is somebody known now. */
export async function endToken(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, channelId }: LineKey,
  nonce: string,
): Promise<void> {
  await db
    .insertInto('webchat_end')
    .values({ workspace_id: workspaceId, channel_id: channelId, nonce })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function hasEnded(db: Reader, { workspaceId, channelId }: LineKey, nonce: string): Promise<boolean> {
  const row = await db
    .selectFrom('webchat_end')
    .select('nonce')
    .where('workspace_id', '=', workspaceId)
    .where('channel_id', '=', channelId)
    .where('nonce', '=', nonce)
    .executeTakeFirst()
  return row !== undefined
}
