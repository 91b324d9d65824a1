import type { Channel } from '#contract/channels.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { describeChannel } from './describe-channel.ts'
import { holdChannel } from './find-channel.ts'

/** Stops a channel for a while: providers are sent away and try again later, mailboxes are not read, nothing is sent. */
export async function pauseChannel(
  { tx, deps, actor, now, live }: WriteContext,
  { channelId }: { channelId: number },
): Promise<Channel> {
  const row = await holdChannel(tx, actor.workspaceId, channelId)
  if (row.paused_at !== null) return describeChannel(row)
  const paused = await tx
    .updateTable('channel')
    .set({ paused_at: now, paused_by: actor.memberId })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', channelId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(tx, deps.clock, actor, 'channelPaused', { channelId, name: row.name })
  live({ event: { type: 'channel', channelId }, seenBy: null })
  return describeChannel(paused)
}
