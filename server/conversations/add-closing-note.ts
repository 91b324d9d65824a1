import type { ClosingNote } from '#contract/conversations.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { listClosingNotes } from './list-closing-notes.ts'
import type { ParsedInput } from './parsed-input.ts'

/** More than anybody reads through to close a conversation. */
const most = 500

/** One more category to close conversations with. */
export async function addClosingNote(
  { tx, actor, deps, live }: WriteContext,
  { category, description }: ParsedInput<'addClosingNote'>,
): Promise<ClosingNote> {
  const { items } = await listClosingNotes({ db: tx, actor })
  if (items.length >= most) return fail('CONFLICT', { reason: 'too-many' })
  const id = await deps.numbers.next(actor.workspaceId, 'closingNote')
  const made = await tx
    .insertInto('closing_note')
    .values({ workspace_id: actor.workspaceId, id, category, description })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'category-taken', field: 'category' })
  await recordAudit(tx, deps.clock, actor, 'closingNoteAdded', { closingNoteId: id, name: category })
  live({ event: { type: 'workspace' }, seenBy: null })
  return { id, category, description }
}
