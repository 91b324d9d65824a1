import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Nobody can choose the category any more; what was closed with it keeps its words. */
export async function removeClosingNote(
  { tx, actor, deps, live }: WriteContext,
  { closingNoteId: id }: ParsedInput<'removeClosingNote'>,
): Promise<Record<string, never>> {
  const removed = await tx
    .deleteFrom('closing_note')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', id)
    .returning('category')
    .executeTakeFirst()
  if (removed === undefined) return fail('NOT_FOUND')
  await recordAudit(tx, deps.clock, actor, 'closingNoteRemoved', { closingNoteId: id, name: removed.category })
  live({ event: { type: 'workspace' }, seenBy: null })
  return {}
}
