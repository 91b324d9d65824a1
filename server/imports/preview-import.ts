import type { PlannedRow } from '#contract/imports.ts'
import { loadOptOuts } from '../contacts/load-opt-outs.ts'
import { planEdit } from '../contacts/plan-edit.ts'
import { loadTags } from '../tags/shown-tags.ts'
import { tagNameKey } from '../tags/tag-name.ts'
import { onlyEmpty } from './only-empty.ts'
import type { ReadContext, Reader } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { findHolders } from './find-holders.ts'
import { judgeRow } from './judge-row.ts'
import { matchRow, type Holder } from './match-row.ts'
import type { ParsedInput } from './parsed-input.ts'
import { loadContext, readRows } from './read-ahead.ts'
import type { ReadRow } from './read-row.ts'

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
  const context = await loadContext(db, workspaceId, wish)
  const rows = await readRows(db, { workspace_id: workspaceId, id: importId }, context, after, most)
  const found = await findHolders(db, workspaceId, {
    ids: rows.flatMap(({ contactId }) => contactId ?? []),
    keys: rows.flatMap(({ keys }) => keys),
  })
  const holders = { byId: found.byId, byKey: new Map(found.byKey) }
  const items: PlannedRow[] = []
  for (const row of rows) {
    const { line, cells, keys } = row
    const verdict = judgeRow(row, matchRow(row, holders), wish.mode)
    // an earlier row of the file will be there by then
    if (verdict.act === 'add') for (const key of keys) if (!holders.byKey.has(key)) holders.byKey.set(key, toCome)
    const contactId = 'contactId' in verdict ? verdict.contactId || null : null
    const outcome =
      verdict.act === 'leave'
        ? verdict.outcome
        : verdict.act === 'add'
          ? 'added'
          : (await changes(db, workspaceId, verdict.contactId, row, wish.keepExisting))
            ? 'updated'
            : 'unchanged'
    items.push({
      line,
      cells: [...cells],
      contactId,
      outcome,
      reasons: verdict.act === 'leave' ? [...verdict.reasons] : [],
    })
  }
  const last = rows.at(-1)?.place ?? null
  return { items, next: rows.length === most && last !== null && last < file.rows ? last : null }
}

/** Whoever an earlier row will make. */
const toCome: Holder = { contactId: 0, blocked: false, createdAt: Infinity }

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
  const standing = row.optOuts.length === 0 ? [] : await loadOptOuts(db, workspaceId, [contactId])
  if (row.optOuts.some((asked) => !standing.some(({ channelId }) => channelId === asked))) return true
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
