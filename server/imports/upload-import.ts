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
import { joinTexts } from './join-texts.ts'
import { mostRows, readUpload, refuseFile, refuseNul } from './read-upload.ts'
import type { JoinedRow } from './split-csv.ts'

export const mostBytes = 50 * 1024 * 1024
/** Files that were handed in and not started, in one workspace. */
const mostWaiting = 20

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
  batches: AsyncIterable<readonly JoinedRow[]>,
): Promise<number> {
  let count = 0
  let kept: Promise<unknown> = Promise.resolve()
  try {
    for await (const rows of batches) {
      if (rows.length === 0) continue
      if (count + rows.length > mostRows)
        return refuseFile('too-many-rows', 'The file has more than 200 000 rows.', 'Split it.')
      const { text, mark } = joinTexts(
        rows.map((row) => row.text),
        '\n',
      )
      refuseNul(text)
      await kept
      // the next are read while the database writes these
      kept = sql`
        insert into import_row (workspace_id, import_id, place, line, cells)
        select ${workspaceId}, ${importId}, ${count} + row.at, row.line, string_to_array(row.cells, row.mark)
        from rows from (
          unnest(${rows.map(({ line }) => line)}::integer[], ${rows.map((row) => row.mark)}::text[]),
          string_to_table(${text.toWellFormed()}, ${mark})
        ) with ordinality row (line, mark, cells, at)`.execute(tx)
      // told to whoever waits for it
      kept.catch(() => undefined)
      count += rows.length
    }
  } finally {
    await Promise.allSettled([kept])
  }
  await kept
  return count
}
