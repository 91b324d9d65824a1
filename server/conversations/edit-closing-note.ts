import { sql } from 'kysely'
import type { ClosingNote } from '#contract/conversations.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Other words for a category. Conversations that ended with it keep the words they were closed with. */
export async function editClosingNote(
  { tx, actor, deps, live }: WriteContext,
  { closingNoteId: id, category, description }: ParsedInput<'editClosingNote'>,
): Promise<ClosingNote> {
  const notes = await tx
    .selectFrom('closing_note')
    .select(['id', 'category', 'description'])
    .where('workspace_id', '=', actor.workspaceId)
    .where(({ or, eb }) => or([eb('id', '=', id), eb(sql`lower(category)`, '=', sql`lower(${category})`)]))
    .forUpdate()
    .execute()
  const before = notes.find((note) => note.id === id)
  if (before === undefined) return fail('NOT_FOUND')
  if (notes.length > 1) return fail('CONFLICT', { reason: 'category-taken', field: 'category' })
  await tx
    .updateTable('closing_note')
    .set({ category, description })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', id)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'closingNoteEdited', {
    closingNoteId: id,
    name: category,
    from: { category: before.category, description: before.description },
    to: { category, description },
  })
  live({ event: { type: 'workspace' }, seenBy: null })
  return { id, category, description }
}
