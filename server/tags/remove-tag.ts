import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { countHolders } from './count-tag.ts'
import { lockWithMerged } from './lock-with-merged.ts'
import type { ParsedInput } from './parsed-input.ts'
import { tidySoon } from './tidy-soon.ts'

/** Takes a tag off everybody and out of the workspace, for whoever knows how many contacts hold it. */
export async function removeTag(
  context: WriteContext,
  { tagId, contacts }: ParsedInput<'remove'>,
): Promise<Record<string, never>> {
  const { tx, actor, deps, live } = context
  const { workspaceId } = actor
  const rows = await lockWithMerged(tx, workspaceId, [tagId])
  const tag = rows.find(({ id }) => id === tagId)
  if (tag === undefined || tag.merged_into !== null) return fail('NOT_FOUND')
  const current = await countHolders(tx, workspaceId, tagId)
  if (current !== contacts) return fail('STALE', { fields: [{ field: 'contacts', current, by: null, at: null }] })
  const ids = rows.map(({ id }) => id)
  await tx.deleteFrom('tag').where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute()
  await recordAudit(tx, deps.clock, actor, 'tagRemoved', { tagId, name: tag.name, contacts })
  await tidySoon(context, ids)
  live({ event: { type: 'tags' }, seenBy: null })
  return {}
}
