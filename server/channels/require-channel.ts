import type { Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** A channel that somebody names is the workspace's own, also one that was removed since. @throws NOT_FOUND */
export async function requireChannel(db: Reader | Tx, workspaceId: number, channelId: number): Promise<void> {
  const channel = await db
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .executeTakeFirst()
  if (channel === undefined) fail('NOT_FOUND')
}
