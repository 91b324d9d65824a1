import type { Segment } from '#contract/segments.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { checkFilter } from './check-filter.ts'
import { showSegment } from './load-segments.ts'
import type { ParsedInput } from './parsed-input.ts'
import { readSegmentName } from './segment-name.ts'

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Another name or filter. Asking again changes nothing. */
export async function editSegment(
  { tx, actor, deps, live, enqueue }: WriteContext,
  { segmentId, name, filter }: ParsedInput<'edit'>,
): Promise<Segment> {
  const { workspaceId } = actor
  const here = tx.selectFrom('segment').where('workspace_id', '=', workspaceId)
  const before = await here.selectAll().where('id', '=', segmentId).forUpdate().executeTakeFirst()
  if (before === undefined) return fail('NOT_FOUND')
  const named = name === undefined ? null : readSegmentName(name)
  if (named !== null) {
    const other = await here
      .select('id')
      .where('name_key', '=', named.name_key)
      .where('id', '<>', segmentId)
      .executeTakeFirst()
    if (other !== undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  }
  if (filter !== undefined) await checkFilter(tx, workspaceId, filter)
  // what it held says nothing of what it holds now
  const refiltered = filter === undefined ? {} : { filter: JSON.stringify(filter), contacts: null, counted_at: null }
  const after = await tx
    .updateTable('segment')
    .set({ name: before.name, ...named, ...refiltered })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', segmentId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(tx, deps.clock, actor, 'segmentEdited', {
    segmentId,
    name: after.name,
    from: { name: before.name },
    // what it asks for may be somebody's name: only that it is another is kept
    to: { name: after.name, ...(isSame(before.filter, after.filter) ? {} : { filter: {} }) },
  })
  live({ event: { type: 'segments' }, seenBy: null })
  if (filter !== undefined) await enqueue('count-segments', { workspaceId })
  return showSegment(after)
}
