import type { Segment } from '#contract/segments.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { checkFilter } from './check-filter.ts'
import { showSegment } from './load-segments.ts'
import type { ParsedInput } from './parsed-input.ts'
import { readSegmentName } from './segment-name.ts'

/** More than anybody finds their way in. */
const most = 500

/** Gives a filter a name. */
export async function createSegment(
  { tx, actor, deps, live, enqueue }: WriteContext,
  { name: typed, filter }: ParsedInput<'create'>,
): Promise<Segment> {
  const { workspaceId } = actor
  const named = readSegmentName(typed)
  await checkFilter(tx, workspaceId, filter)
  const { count } = await tx
    .selectFrom('segment')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  if (count >= most) return fail('CONFLICT', { reason: 'too-many' })
  const id = await deps.numbers.next(workspaceId, 'segment')
  const made = await tx
    .insertInto('segment')
    .values({ workspace_id: workspaceId, id, ...named, filter: JSON.stringify(filter), created_by: actor.memberId })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  await recordAudit(tx, deps.clock, actor, 'segmentCreated', { segmentId: id, name: named.name })
  live({ event: { type: 'segments' }, seenBy: null })
  await enqueue('count-segments', { workspaceId })
  return showSegment(made)
}
