import type { Channel } from '#contract/channels.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { describeChannel } from './describe-channel.ts'

export async function listChannels({ db, actor }: ReadContext): Promise<{ items: Channel[] }> {
  const rows = await db
    .selectFrom('channel')
    .selectAll()
    .where('workspace_id', '=', actor.workspaceId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
  return { items: rows.map(describeChannel) }
}
