import type { Segment } from '#contract/segments.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { loadSegments } from './load-segments.ts'

/** Counts are made anew once this old, while somebody looks. */
const freshMs = 10_000
/** Counting may take one part in so many of the time. */
const share = 50

/** The workspace's segments; looking at them has their counts made anew where they have grown old. */
export async function listSegments({ db, deps, actor }: ReadContext): Promise<{ items: Segment[] }> {
  const { workspaceId } = actor
  const items = await loadSegments(db, workspaceId)
  const last = await db
    .selectFrom('segment_count')
    .select(['counted_at', 'took_ms'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  const age = last === undefined ? Infinity : deps.clock.now().getTime() - last.counted_at.getTime()
  if (items.length > 0 && age > Math.max(freshMs, share * (last?.took_ms ?? 0)))
    await deps.jobs.ring('count-segments', { workspaceId })
  return { items }
}
