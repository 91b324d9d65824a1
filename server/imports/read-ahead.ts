import { sql } from 'kysely'
import type { CustomField } from '#contract/fields.ts'
import { ImportWish } from '#contract/imports.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { todayIn } from '../contacts/filter/local-moment.ts'
import { loadFields } from '../fields/list-fields.ts'
import { takingBreaths } from '../jobs/taking-breaths.ts'
import { loadStages } from '../lifecycle/list-stages.ts'
import { loadChannelNames } from './load-channel-names.ts'
import { loadRecipients } from './load-recipients.ts'
import { keysOfRow } from './match-row.ts'
import { readRow, type ReadRow, type RowContext } from './read-row.ts'
import type { RunningImport } from './run-import.ts'

/** A row of the file, and by what it is recognised: `contactId` only where rows are to be by number. */
export interface NextRow extends ReadRow {
  readonly place: number
  readonly line: number
  readonly cells: readonly string[]
  readonly keys: readonly string[]
}

/** Rows as they were read, and by what rules. */
export interface NextRows {
  readonly rows: readonly NextRow[]
  readonly context: RowContext
}

/** The custom fields that columns are read as. */
export const customIds = ({ columns }: ImportWish): number[] =>
  columns.flatMap((target) => (target?.startsWith('#') ? [Number(target.slice(1))] : []))

/** Of the workspace, what rows are read by, as far as these columns need it; `held`: the custom fields of these, where they are held. */
export async function loadContext(
  db: Reader | Tx,
  workspaceId: number,
  wish: ImportWish,
  held: readonly CustomField[] | null = null,
): Promise<RowContext> {
  const ids = new Set(customIds(wish))
  const customs = held ?? (ids.size === 0 ? [] : (await loadFields(db, workspaceId)).filter(({ id }) => ids.has(id)))
  const channels = wish.columns.includes('optOuts') ? await loadChannelNames(db, workspaceId) : []
  const { timeZone, country } = await db
    .selectFrom('workspace')
    .select(['time_zone as timeZone', 'default_country as country'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  const stages = wish.columns.includes('lifecycle') ? await loadStages(db, workspaceId) : []
  return {
    wish,
    customs,
    country,
    channels,
    stages: stages.map(({ id, name }) => ({ id, name })),
    members: wish.columns.includes('assignee') ? await loadRecipients(db, workspaceId) : [],
    timeZone,
    today: todayIn(timeZone, new Date()),
  }
}

/** The rows that follow a place, read by these rules. */
export async function readRows(
  db: Reader | Tx,
  { workspace_id: workspaceId, id: importId }: Pick<RunningImport, 'workspace_id' | 'id'>,
  context: RowContext,
  after: number,
  limit: number,
): Promise<NextRow[]> {
  const rows = await rowsOf(db, workspaceId, importId)
    .where('place', '>', after)
    .where('place', '<=', after + limit)
    .execute()
  return readEach(rows, context)
}

/** The rows of these places, read by these rules. */
export async function readRowsAt(
  db: Reader | Tx,
  { workspace_id: workspaceId, id: importId }: Pick<RunningImport, 'workspace_id' | 'id'>,
  context: RowContext,
  places: readonly number[],
): Promise<NextRow[]> {
  if (places.length === 0) return []
  return readEach(await rowsOf(db, workspaceId, importId).where('place', 'in', places).execute(), context)
}

const rowsOf = (db: Reader | Tx, workspaceId: number, importId: number) =>
  db
    .selectFrom('import_row')
    // as JSON: the driver reads a list of texts letter by letter
    .select(['place', 'line', sql<string[]>`array_to_json(cells)`.as('cells')])
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', importId)
    .orderBy('place')

async function readEach(
  rows: readonly Pick<NextRow, 'place' | 'line' | 'cells'>[],
  context: RowContext,
): Promise<NextRow[]> {
  const breath = takingBreaths()
  const read: NextRow[] = []
  for (const row of rows) {
    if (breath.isDue()) await breath.take()
    const said = readRow(row.cells, context)
    const { matchBy } = context.wish
    const contactId = matchBy.includes('id') ? said.contactId : null
    read.push({ ...row, ...said, contactId, keys: keysOfRow(said, matchBy) })
  }
  return read
}

/** The rows of an import, batch after batch. */
export interface RowsAhead {
  /** Those that follow what is done. */
  take(file: RunningImport): Promise<NextRows>
  /** Those after these are read, too: while the database writes, nobody else needs our time. */
  goOn(file: RunningImport): void
}

/** Hands out the rows of an import, and reads the next ones while those are being written. */
export function readAhead(db: Reader, limit: number): RowsAhead {
  let ahead: { readonly after: number; readonly rows: Promise<NextRows> } | null = null
  const read = async (file: RunningImport, after: number): Promise<NextRows> => {
    const context = await loadContext(db, file.workspace_id, ImportWish.parse(file.wish))
    return { rows: await readRows(db, file, context, after, limit), context }
  }
  return {
    take: (file) => (ahead?.after === file.done ? ahead.rows : read(file, file.done)),
    goOn(file) {
      const after = file.done + limit
      if (after >= file.rows || ahead?.after === after) return
      ahead = { after, rows: read(file, after) }
      // told to whoever takes it
      ahead.rows.catch(() => undefined)
    },
  }
}
