import { z } from 'zod'
import { reads, writes } from './base.ts'
import { Filter } from './filter.ts'
import { Id, Nothing, Timestamp, name } from './primitives.ts'

/** A filter with a name. */
export const Segment = z.object({
  id: Id,
  name: z.string(),
  filter: Filter,
  /** How many contacts it held when it was last counted; null until then, and where its filter no longer makes sense. */
  contacts: z.number().int().nullable(),
  countedAt: Timestamp.nullable(),
})
export type Segment = z.infer<typeof Segment>

const SegmentName = name(60)
const segment = z.object({ segmentId: Id })

export const segments = {
  /** All of the workspace, by name. Counts that have grown old are made anew in the background; a live notice tells of it. */
  list: reads('contacts.browse', '/segments').output(z.object({ items: z.array(Segment) })),
  /**
   * At most 500 a workspace; names are unique without regard to case: CONFLICT `name-taken`, `too-many`. A filter that makes no
   * sense is refused with the path of the condition.
   */
  create: writes('segments.manage', '/segments')
    .input(z.object({ name: SegmentName, filter: Filter }))
    .output(Segment),
  /** Another name, another filter, or both. CONFLICT `name-taken`. */
  edit: writes('segments.manage', '/segments/{segmentId}', 'PATCH')
    .input(segment.extend({ name: SegmentName.optional(), filter: Filter.optional() }))
    .output(Segment),
  /** The contacts stay. */
  remove: writes('segments.manage', '/segments/{segmentId}', 'DELETE').input(segment).output(Nothing),
}
