import type { Channel } from '#contract/channels.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { describeChannel } from './describe-channel.ts'
import { holdChannel } from './find-channel.ts'

/** Lets a paused channel go on; what it had stored before is taken in now, and what is queued goes out. */
export async function resumeChannel(
  { tx, deps, actor, live, enqueue }: WriteContext,
  { channelId }: { channelId: number },
): Promise<Channel> {
  const row = await holdChannel(tx, actor.workspaceId, channelId)
  if (row.paused_at === null) return describeChannel(row)
  const resumed = await tx
    .updateTable('channel')
    .set({ paused_at: null, paused_by: null })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', channelId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(tx, deps.clock, actor, 'channelResumed', { channelId, name: row.name })
  await enqueue('ingest-channel', { workspaceId: actor.workspaceId, channelId })
  await enqueue('deliver-messages', { workspaceId: actor.workspaceId, channelId })
  live({ event: { type: 'channel', channelId }, seenBy: null })
  return describeChannel(resumed)
}
