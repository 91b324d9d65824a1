import type { Import } from '#contract/imports.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findOrMakeTags } from '../tags/find-or-make-tags.ts'
import { daysKept, findImport } from './list-imports.ts'
import { lockImport } from './lock-import.ts'
import type { ParsedInput } from './parsed-input.ts'
import { checkColumns } from './start-plan.ts'

const tagName = { en: 'Import', es: 'Importación' }

/** Has the rows of a file carried out in the background. */
export async function startImport(context: WriteContext, input: ParsedInput<'start'>): Promise<Import> {
  const { tx, deps, actor, now, live, enqueue } = context
  const { workspaceId } = actor
  const { importId, wish } = input
  const file = await lockImport(context, importId)
  if (file.started_at !== null) return fail('CONFLICT', { reason: 'started' })
  checkColumns(wish.columns, file.heads.length)
  const own = input.tagIt ? await findOrMakeTags(context, [`${tagName[input.language]} ${importId}`]) : []
  const tagIds = [...new Set([...own, ...(await findOrMakeTags(context, input.tags))])]
  await tx
    .updateTable('import')
    .set({
      wish: JSON.stringify(wish),
      tag_ids: tagIds,
      import_tag_id: own[0] ?? null,
      started_by: actor.memberId,
      started_via: actor.via,
      started_at: now,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'importStarted', { importId, name: file.file_name })
  await enqueue('run-import', { workspaceId, importId })
  live({ event: { type: 'import', importId }, seenBy: null })
  return findImport(tx, workspaceId, importId)
}

/** Stops an import before its next batch. */
export async function cancelImport(context: WriteContext, { importId }: ParsedInput<'cancel'>): Promise<Import> {
  const { tx, deps, actor, now, live, enqueue } = context
  const { workspaceId } = actor
  const file = await lockImport(context, importId)
  if (file.started_at !== null && file.ended_at === null && file.cancelled_at === null) {
    await tx
      .updateTable('import')
      .set({ cancelled_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', importId)
      .execute()
    await recordAudit(tx, deps.clock, actor, 'importCancelled', { importId })
    await enqueue('run-import', { workspaceId, importId })
    live({ event: { type: 'import', importId }, seenBy: null })
  }
  return findImport(tx, workspaceId, importId)
}

/** Has an import taken back in the background. */
export async function undoImport(context: WriteContext, { importId }: ParsedInput<'undo'>): Promise<Import> {
  const { tx, deps, actor, now, live, enqueue } = context
  const { workspaceId } = actor
  const file = await lockImport(context, importId)
  if (file.ended_at === null) return fail('CONFLICT', { reason: 'not-done' })
  if (file.undo_asked_at !== null) return findImport(tx, workspaceId, importId)
  if (now.getTime() - file.ended_at.getTime() > daysKept * 24 * 3600 * 1000)
    return fail('CONFLICT', { reason: 'too-late' })
  await tx
    .updateTable('import')
    .set({ undo_asked_at: now, undone_from: file.done + 1 })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'importUndone', { importId, name: file.file_name })
  await enqueue('run-import', { workspaceId, importId })
  live({ event: { type: 'import', importId }, seenBy: null })
  return findImport(tx, workspaceId, importId)
}
