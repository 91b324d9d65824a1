import { sql } from 'kysely'
import type { ExportColumn } from '#contract/export-words.ts'
import type { CustomKey } from '#contract/fields.ts'
import type { BulkAct, Failure, Outcome, Work } from '../bulk/bulk-act.ts'
import { isCustom } from '../contacts/provenance.ts'
import type { Tx } from '../http/endpoint.ts'
import { csvLine } from './csv-text.ts'
import { loadContacts, type Asked, type ExportedContact } from './load-contacts.ts'
import { vcardText } from './vcard-text.ts'

/** Writing contacts to a file as an act on many: each batch writes its part of it. */
export const exporting: BulkAct = { carryOut: exportContacts, lanes: 2, restShare: 0.1 }

/** What a card tells beyond what every contact has at hand. */
const onCards: Asked = new Set(['name', 'tags', 'lifecycle', 'assignee', 'optOuts', 'createdAt', 'custom'])

/**
 * Writes some contacts to their part of the file. They are held so that none of them goes before the part is committed: whoever
 * deletes one of them finds it there.
 */
async function exportContacts(tx: Tx, work: Work, contactIds: readonly number[]): Promise<Outcome> {
  const { workspaceId, jobId } = work
  const { rows: held } = await sql<{ id: number }>`
    select s.contact_id as id from contact_state s join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    where s.workspace_id = ${workspaceId} and (c.id = any(${contactIds}::bigint[]) or c.root_id = any(${contactIds}::bigint[]))
    order by s.contact_id for key share of s`.execute(tx)
  const wish = await tx
    .selectFrom('export')
    .select(['format', 'columns', 'separator', 'dropped_at'])
    .where('workspace_id', '=', workspaceId)
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  const columns = wish.columns as (ExportColumn | CustomKey)[]
  const asked = wish.format === 'vcard' ? onCards : new Set(columns)
  const contacts = await loadContacts(tx, workspaceId, contactIds, asked)
  const failures = await findFailures(tx, workspaceId, contactIds, contacts)
  if (wish.dropped_at === null && contacts.length > 0) {
    const content = contacts
      .map((contact) =>
        wish.format === 'vcard'
          ? vcardText(contact)
          : csvLine(
              columns.map((column) => cellOf(contact, column)),
              wish.separator,
            ),
      )
      .join('')
    // one by one, where a whole batch could not be written
    await sql`
      insert into export_part (workspace_id, job_id, place, content)
      select ${workspaceId}, ${jobId}, place, ${content} from bulk_batch
      where workspace_id = ${workspaceId} and job_id = ${jobId} 
        and ${contactIds[0]!}::bigint between contact_ids[1] and contact_ids[cardinality(contact_ids)]
      on conflict (workspace_id, job_id, place) do update set content = export_part.content || excluded.content`.execute(
      tx,
    )
  }
  return { touchedIds: held.map(({ id }) => id), failures, counts: { contacts: contacts.length }, unfinished: false }
}

async function findFailures(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
  found: readonly ExportedContact[],
): Promise<Failure[]> {
  const there = new Set(found.map(({ id }) => id))
  const missing = contactIds.filter((id) => !there.has(id))
  if (missing.length === 0) return []
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

/** Several values in one cell stand apart by ` | `. */
function cellOf(contact: ExportedContact, column: ExportColumn | CustomKey): string {
  if (isCustom(column)) {
    const id = Number(column.slice(1))
    return String(contact.custom.find((one) => one.id === id)?.value ?? '')
  }
  const { phones, emails } = contact
  if (column === 'phone') return phones[0] ?? ''
  if (column === 'email') return emails[0] ?? ''
  if (column === 'otherPhones') return phones.slice(1).join(' | ')
  if (column === 'otherEmails') return emails.slice(1).join(' | ')
  if (column === 'tags' || column === 'channels') return contact[column].join(' | ')
  return String(contact[column] ?? '')
}
