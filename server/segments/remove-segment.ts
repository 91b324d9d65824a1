import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Takes the name off a filter; the contacts stay. */
export async function removeSegment(
  { tx, actor, deps, live }: WriteContext,
  { segmentId }: ParsedInput<'remove'>,
): Promise<Record<string, never>> {
  const gone = await tx
    .deleteFrom('segment')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', segmentId)
    .returning('name')
    .executeTakeFirst()
  if (gone === undefined) return fail('NOT_FOUND')
  await recordAudit(tx, deps.clock, actor, 'segmentRemoved', { segmentId, name: gone.name })
  live({ event: { type: 'segments' }, seenBy: null })
  return {}
}
