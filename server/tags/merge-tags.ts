import type { TagRow } from '#contract/tags.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadTagRows } from './list-tags.ts'
import { lockWithMerged } from './lock-with-merged.ts'
import type { ParsedInput } from './parsed-input.ts'
import { tidySoon } from './tidy-soon.ts'

/** Makes one tag of two. The first stays as another number of the second; its name is free again. */
export async function mergeTags(context: WriteContext, { tagId, intoId }: ParsedInput<'merge'>): Promise<TagRow> {
  const { tx, actor, deps, live } = context
  const { workspaceId } = actor
  const rows = await lockWithMerged(tx, workspaceId, [tagId, intoId])
  const tag = rows.find(({ id }) => id === tagId)
  const named = rows.find(({ id }) => id === intoId)
  if (tag === undefined || named === undefined) return fail('NOT_FOUND')
  if (tagId === intoId) return fail('CONFLICT', { reason: 'same-tag', field: 'intoId' })
  const into = named.merged_into ?? intoId
  if (tag.merged_into !== into) {
    // one that people no longer see can neither be merged nor be merged into
    if (tag.merged_into !== null || into !== intoId) return fail('CONFLICT', { reason: 'merged' })
    await tx
      .updateTable('tag')
      .set({ merged_into: into })
      .where('workspace_id', '=', workspaceId)
      .where((eb) => eb.or([eb('id', '=', tagId), eb('merged_into', '=', tagId)]))
      .execute()
    const data = { tagId, name: tag.name, intoId: into, to: { into: named.name } }
    await recordAudit(tx, deps.clock, actor, 'tagMerged', data)
    await tidySoon(context, [tagId])
    live({ event: { type: 'tags' }, seenBy: null })
  }
  const [row] = await loadTagRows(tx, actor, into)
  return row ?? fail('NOT_FOUND')
}
