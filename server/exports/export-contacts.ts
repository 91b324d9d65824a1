import { sql, type Selectable } from 'kysely'
import type { ExportColumn } from '#contract/export-words.ts'
import type { CustomKey } from '#contract/fields.ts'
import type { BulkAct, Failure, Outcome, Work } from '../bulk/bulk-act.ts'
import { isCustom } from '../contacts/provenance.ts'
import type { Export } from '../db/tables.ts'
import type { Tx } from '../http/endpoint.ts'
import { csvLine } from './csv-text.ts'
import { loadContacts, type Asked, type Reading, type Row } from './load-contacts.ts'
import { keepDeletionsOut } from './drop-exports.ts'
import { vcardText, type Card } from './vcard-text.ts'

/** Writing contacts to a file as an act on many: each batch writes its part of it. */
export const exporting: BulkAct = { carryOut: exportContacts, lanes: 2, restShare: 0.1 }

/** What a card tells beyond what every contact has at hand. */
const onCards: Asked = new Set(['tags', 'lifecycle', 'assignee', 'optOuts', 'custom'])

/** Writes some contacts to their part of the file. */
async function exportContacts(tx: Tx, work: Work, contactIds: readonly number[], place: number): Promise<Outcome> {
  const { workspaceId, jobId } = work
  await keepDeletionsOut(tx, workspaceId)
  const wish = await tx
    .selectFrom('export')
    .select(['format', 'columns', 'separator', 'dropped_at'])
    .where('workspace_id', '=', workspaceId)
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  const { content, ids, absorbedIds } = await describe(tx, workspaceId, contactIds, wish)
  if (wish.dropped_at === null && ids.length > 0)
    // one by one, where a whole batch could not be written
    await sql`
      insert into export_part (workspace_id, job_id, place, content) values (${workspaceId}, ${jobId}, ${place}, ${content})
      on conflict (workspace_id, job_id, place) do update set content = export_part.content || excluded.content`.execute(
      tx,
    )
  return {
    touchedIds: [...ids, ...absorbedIds],
    failures: await findFailures(tx, workspaceId, contactIds, ids),
    counts: { contacts: ids.length },
    unfinished: false,
  }
}

/** What the file says of them. On its own, so that what it was made of is gone before anything else is waited for. */
async function describe(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
  { format, columns: names, separator }: Pick<Selectable<Export>, 'format' | 'columns' | 'separator'>,
): Promise<{ content: string; ids: readonly number[]; absorbedIds: readonly number[] }> {
  const columns = names as (ExportColumn | CustomKey)[]
  const asked = format === 'vcard' ? onCards : new Set(columns)
  const { rows, ids, read, absorbedIds, slugs } = await loadContacts(tx, workspaceId, contactIds, asked)
  const cells = columns.map((column) => cellOf(column, read, slugs))
  const tell =
    format === 'vcard'
      ? (row: Row) => vcardText(cardOf(row, read), slugs)
      : (row: Row) =>
          csvLine(
            cells.map((cell) => cell(row)),
            separator,
          )
  return { content: rows.map((row) => tell(JSON.parse(row) as Row)).join(''), ids, absorbedIds }
}

async function findFailures(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
  found: readonly number[],
): Promise<Failure[]> {
  if (found.length === contactIds.length) return []
  const there = new Set(found)
  const missing = contactIds.filter((id) => !there.has(id))
  const rows = await tx
    .selectFrom('contact')
    .select(['id', 'root_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', missing)
    .execute()
  return missing.map((contactId) => {
    const survivorId = rows.find(({ id }) => id === contactId)?.root_id ?? null
    return { contactId, reason: survivorId === null ? 'gone' : 'absorbed', survivorId }
  })
}

/** What stands in a column. Several values in one cell stand apart by ` | `. */
function cellOf(
  column: ExportColumn | CustomKey,
  read: Reading,
  slugs: ReadonlyMap<number, string>,
): (row: Row) => string {
  if (isCustom(column)) {
    const id = column.slice(1)
    return slugs.has(Number(id)) ? (row) => String(read.custom(row)[id] ?? '') : () => ''
  }
  if (column === 'phone') return (row) => read.phones(row)[0] ?? ''
  if (column === 'email') return (row) => read.emails(row)[0] ?? ''
  if (column === 'otherPhones') return (row) => read.phones(row).slice(1).join(' | ')
  if (column === 'otherEmails') return (row) => read.emails(row).slice(1).join(' | ')
  if (column === 'tags' || column === 'channels' || column === 'optOuts') return (row) => read[column](row).join(' | ')
  return (row) => String(read[column](row) ?? '')
}

const cardOf = (row: Row, read: Reading): Card => ({
  id: read.id(row),
  firstName: read.firstName(row),
  lastName: read.lastName(row),
  name: read.name(row),
  phones: read.phones(row),
  emails: read.emails(row),
  country: read.country(row),
  language: read.language(row),
  tags: read.tags(row),
  custom: read.custom(row),
  lifecycle: read.lifecycle(row),
  assignee: read.assignee(row),
  optOuts: read.optOuts(row),
  createdAt: read.createdAt(row),
})
