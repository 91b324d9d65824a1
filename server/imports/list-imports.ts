import { sql, type RawBuilder } from 'kysely'
import type { Import } from '#contract/imports.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import { loadFields } from '../fields/list-fields.ts'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { guessColumns, type Target } from './guess-columns.ts'
import type { ParsedInput } from './parsed-input.ts'

/** For so long the rows are kept, and with them the outcome and the way back. */
export const daysKept = 30

interface Row {
  id: number
  file_name: string
  format: Import['format']
  encoding: string
  separator: string
  heads: string[]
  rows: number
  done: number
  counts: Import['counts']
  by: string | null
  uploaded_at: Date
  started_at: Date | null
  cancelled_at: Date | null
  ended_at: Date | null
  undo_asked_at: Date | null
  undone_at: Date | null
  undo_counts: Record<string, number>
  is_kept: boolean
}

export const noCounts = { added: 0, updated: 0, unchanged: 0, skipped: 0, blocked: 0, refused: 0 }

async function loadImports(
  db: Reader | Tx,
  workspaceId: number,
  condition: RawBuilder<unknown>,
  limit = 1,
): Promise<Import[]> {
  const { rows } = await sql<Row>`
    select import.*, member.name as by, coalesce(import.ended_at > now() - ${daysKept} * interval '1 day', false) as is_kept
    from import left join member on member.workspace_id = import.workspace_id
      and member.id = coalesce(import.started_by, import.uploaded_by)
    where import.workspace_id = ${workspaceId} and ${condition}
    order by import.id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    fileName: row.file_name,
    format: row.format,
    encoding: row.encoding,
    separator: row.separator,
    heads: row.heads,
    rows: row.rows,
    state: stateOf(row),
    done: row.done,
    counts: { ...noCounts, ...row.counts },
    undone:
      row.undo_asked_at === null
        ? null
        : {
            deleted: row.undo_counts['deleted'] ?? 0,
            restored: row.undo_counts['restored'] ?? 0,
            kept: row.undo_counts['kept'] ?? 0,
          },
    by: row.by,
    uploadedAt: row.uploaded_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    outcomeUrl: row.is_kept ? `/imports/${workspaceId}/${row.id}/outcome` : null,
    canUndo: row.is_kept && row.undo_asked_at === null,
  }))
}

function stateOf({ started_at, cancelled_at, ended_at, undo_asked_at, undone_at, done, rows }: Row): Import['state'] {
  if (undone_at !== null) return 'undone'
  if (undo_asked_at !== null) return 'undoing'
  if (ended_at !== null) return cancelled_at !== null && done < rows ? 'cancelled' : 'done'
  return started_at === null ? 'uploaded' : 'running'
}

/** One page of the workspace's imports, newest first. */
export async function listImports(
  { db, actor }: ReadContext,
  { cursor, limit }: ParsedInput<'list'>,
): Promise<{ items: Import[]; next: string | null }> {
  const list = JSON.stringify(['imports', actor.workspaceId])
  const [before] = readCursor(list, cursor) ?? []
  if (before !== undefined && !/^\d{1,15}$/.test(before))
    return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const older = before === undefined ? sql`true` : sql`import.id < ${before}::bigint`
  const found = await loadImports(db, actor.workspaceId, older, limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? writeCursor(list, [String(items.at(-1)!.id)]) : null }
}

export async function findImport(db: Reader | Tx, workspaceId: number, importId: number): Promise<Import> {
  const [found] = await loadImports(db, workspaceId, sql`import.id = ${importId}`)
  return found ?? fail('NOT_FOUND')
}

/** One import, with what its columns seem to be and its first rows. */
export async function getImport(
  { db, actor }: ReadContext,
  { importId }: ParsedInput<'get'>,
): Promise<Import & { guess: (Target | null)[]; sample: string[][] }> {
  const found = await findImport(db, actor.workspaceId, importId)
  const rows = await db
    .selectFrom('import_row')
    .select('cells')
    .where('workspace_id', '=', actor.workspaceId)
    .where('import_id', '=', importId)
    .orderBy('place')
    .limit(5)
    .execute()
  const guess = guessColumns(found.heads, await loadFields(db, actor.workspaceId))
  return { ...found, guess, sample: rows.map(({ cells }) => cells) }
}
