import type { PlannedRow } from '#contract/imports.ts'
import { loadFields } from '../fields/list-fields.ts'
import { planEdit } from '../contacts/plan-edit.ts'
import { loadTags } from '../tags/shown-tags.ts'
import { tagNameKey } from '../tags/tag-name.ts'
import { onlyEmpty } from './only-empty.ts'
import { workspaceCountry } from '../contacts/insert-contact.ts'
import type { ReadContext, Reader } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { findMatch, keysOfRow, type Match } from './find-match.ts'
import { judgeRow } from './judge-row.ts'
import type { ParsedInput } from './parsed-input.ts'
import { readRow, type ReadRow } from './read-row.ts'

/** Rows of one look: some tenths of a second. */
const most = 500

/** What would become of some rows, were the import started now. Nothing is written. Rows of one look know of each other. */
export async function previewImport(
  { db, actor }: ReadContext,
  { importId, wish, after }: ParsedInput<'preview'>,
): Promise<{ items: PlannedRow[]; next: number | null }> {
  const { workspaceId } = actor
  const file = await db
    .selectFrom('import')
    .select(['heads', 'rows'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .executeTakeFirst()
  if (file === undefined) return fail('NOT_FOUND')
  checkColumns(wish.columns, file.heads.length)
  const rows = await db
    .selectFrom('import_row')
    .select(['place', 'line', 'cells'])
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', importId)
    .where('place', '>', after)
    .orderBy('place')
    .limit(most)
    .execute()
  const context = { wish, customs: await loadFields(db, workspaceId), country: await workspaceCountry(db, workspaceId) }
  const made = new Set<string>()
  const items: PlannedRow[] = []
  for (const { line, cells } of rows) {
    const row = readRow(cells, context)
    const keys = keysOfRow(row, wish.matchBy)
    const found = await findMatch(db, workspaceId, row, wish.matchBy)
    // an earlier row of the file will be there by then
    const isMade = found === null && keys.some((key) => made.has(key))
    const match: Match | null = isMade ? { contactId: 0, blocked: false } : found
    const verdict = judgeRow(row, match, wish.mode)
    if (verdict.act === 'add') for (const key of keys) made.add(key)
    const contactId = 'contactId' in verdict ? verdict.contactId || null : null
    const outcome =
      verdict.act === 'leave'
        ? verdict.outcome
        : verdict.act === 'add'
          ? 'added'
          : (await changes(db, workspaceId, verdict.contactId, row, wish.keepExisting))
            ? 'updated'
            : 'unchanged'
    items.push({ line, cells, contactId, outcome, reasons: verdict.act === 'leave' ? [...verdict.reasons] : [] })
  }
  const last = rows.at(-1)?.place ?? null
  return { items, next: rows.length === most && last !== null && last < file.rows ? last : null }
}

/** Does a row say anything of a contact that is not known yet? Of one that an earlier row will make, that is taken for granted. */
async function changes(db: Reader, workspaceId: number, contactId: number, row: ReadRow, keepExisting: boolean) {
  const contact = await db
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirst()
  if (contact === undefined) return true
  const values = keepExisting ? onlyEmpty(contact, row.values) : row.values
  if (planEdit(contact, {}, values, { source: 'import', by: null, at: new Date() }) !== null) return true
  const held = new Set((await loadTags(db, workspaceId, contact.tags)).map(({ name }) => tagNameKey(name)))
  return row.tags.some((name) => !held.has(tagNameKey(name)))
}

/** Each target once, as many as the file has columns. */
export function checkColumns(columns: ParsedInput<'preview'>['wish']['columns'], heads: number): void {
  if (columns.length !== heads)
    refuse('wish.columns', 'length', `The file has ${heads} columns: say what each is read as.`)
  const twice = columns.findIndex((target, at) => target !== null && columns.indexOf(target) !== at)
  if (twice !== -1) refuse(`wish.columns.${twice}`, 'twice', 'Another column is read as this already.')
  if (columns.every((target) => target === null))
    refuse('wish.columns', 'empty', 'Choose what at least one column is read as.')
}
