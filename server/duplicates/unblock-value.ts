import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { markHolders } from './mark-holders.ts'

/** Suggestions may stand on the value again, unless too many have it. Safe to repeat. */
export async function unblockValue(
  { tx, deps, actor, enqueue }: WriteContext,
  { key }: { key: string },
): Promise<Record<string, never>> {
  const { workspaceId } = actor
  const unblocked = await tx
    .deleteFrom('blocked_value')
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .returning('key')
    .executeTakeFirst()
  if (unblocked === undefined) return {}
  await recordAudit(tx, deps.clock, actor, 'valueUnblocked', { name: key.slice(2) })
  await markHolders(tx, workspaceId, key)
  await enqueue('suggest-duplicates', { workspaceId })
  return {}
}
