import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { loadFields } from '../fields/list-fields.ts'
import { cleanFileName } from '../files/clean-file-name.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { mostRows, readUpload, refuseFile, type UploadedRow } from './read-upload.ts'

export const mostBytes = 50 * 1024 * 1024
/** Files that were handed in and not started, in one workspace. */
const mostWaiting = 20
const chunk = 1000

/** Takes a file of contacts and keeps its rows; nothing is done with them yet. */
export async function uploadImport(deps: Deps, actor: Actor, request: FastifyRequest): Promise<{ importId: number }> {
  const { workspaceId } = actor
  const { waiting } = await deps.db
    .selectFrom('import')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('workspace_id', '=', workspaceId)
    .where('started_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (waiting >= mostWaiting) return fail('TOO_MANY_REQUESTS', { retryAfterSeconds: 3600 })
  const file = await request.file()
  if (file === undefined) return refuseFile('missing', 'Send one file.')
  const folder = await mkdtemp(join(tmpdir(), 'ficha-import-'))
  try {
    const path = join(folder, 'file')
    await pipeline(file.file, createWriteStream(path, { mode: 0o600 }))
    if (file.file.truncated) return refuseFile('too-large', 'The file is larger than 50 MB.', 'Split it.')
    const slugs = (await loadFields(deps.db, workspaceId)).map(({ slug }) => slug)
    const { format, encoding, separator, heads, rows } = await readUpload(path, slugs)
    const importId = await deps.numbers.next(workspaceId, 'import')
    await deps.db.transaction().execute(async (tx) => {
      const count = await keepRows(tx, workspaceId, importId, rows)
      if (count === 0) refuseFile('no-rows', 'The file has a first line and no rows.')
      await tx
        .insertInto('import')
        .values({
          workspace_id: workspaceId,
          id: importId,
          file_name: cleanFileName(file.filename),
          format,
          encoding,
          separator,
          heads: [...heads],
          rows: count,
          uploaded_by: actor.memberId,
        })
        .execute()
    })
    return { importId }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function keepRows(
  tx: Tx,
  workspaceId: number,
  importId: number,
  rows: AsyncIterable<UploadedRow>,
): Promise<number> {
  let place = 0
  let waiting: UploadedRow[] = []
  const keep = async () => {
    if (waiting.length === 0) return
    const from = place - waiting.length
    await sql`
      insert into import_row (workspace_id, import_id, place, line, cells)
      select ${workspaceId}, ${importId}, ${from} + row.at, row.line,
        array(select jsonb_array_elements_text(row.cells))
      from unnest(${waiting.map(({ line }) => line)}::integer[], ${waiting.map(({ cells }) => JSON.stringify(cells))}::jsonb[])
        with ordinality row (line, cells, at)`.execute(tx)
    waiting = []
  }
  for await (const { line, cells } of rows) {
    if (place === mostRows) return refuseFile('too-many-rows', 'The file has more than 200 000 rows.', 'Split it.')
    if (cells.some((cell) => cell.includes('\0')))
      return refuseFile('not-text', 'The file holds bytes that are no text.', 'Save it as CSV in UTF-8.')
    waiting.push({ line, cells: cells.map((cell) => cell.toWellFormed()) })
    place++
    if (waiting.length === chunk) await keep()
  }
  await keep()
  return place
}
