import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { holdChannel } from './find-channel.ts'

/** Disconnects a channel for good. Its secrets are forgotten; its contacts and history stay, with its name. */
export async function removeChannel(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  { channelId }: { channelId: number },
): Promise<Record<string, never>> {
  const row = await holdChannel(tx, actor.workspaceId, channelId)
  await tx
    .updateTable('channel')
    .set({
      deleted_at: now,
      deleted_by: actor.memberId,
      secrets: null,
      progress: '{}',
      broken: false,
      problem: null,
      holdup: null,
    })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', channelId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'channelRemoved', {
    channelId,
    name: row.name,
    from: { kind: row.kind, address: row.address },
  })
  // what is still queued fails, where everybody sees it
  await enqueue('deliver-messages', { workspaceId: actor.workspaceId, channelId })
  live({ event: { type: 'channel', channelId }, seenBy: null })
  return {}
}
