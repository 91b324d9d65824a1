import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { foldValue } from './filter/plan-filter.ts'
import type { CustomFields } from './provenance.ts'

/**
 * Keeps what a contact that stands for itself is found, ranged and sorted by in step with its custom values: `before` is what
 * it was found by until now, nothing for one that was part of another.
 */
export async function indexFields(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  before: CustomFields,
  after: CustomFields,
): Promise<void> {
  const [old, fresh] = [entriesOf(before), entriesOf(after)]
  const isIn = (entries: readonly Entry[]) => {
    const known = new Set(entries.map((entry) => JSON.stringify(entry)))
    return (entry: Entry) => known.has(JSON.stringify(entry))
  }
  const gone = old.filter((entry) => !isIn(fresh)(entry))
  const made = fresh.filter((entry) => !isIn(old)(entry))
  if (gone.length === 0 && made.length === 0) return
  const list = (entries: readonly Entry[]) => sql`
    unnest(${entries.map(({ fieldId }) => fieldId)}::bigint[], ${entries.map(({ str }) => str)}::text[],
      ${entries.map(({ num }) => num)}::float8[]) e (field_id, str, num)`
  // a field that is gone has no type and so is found by nothing
  await sql`${prepared}
    with forgotten_str as (
      delete from field_str f using ${list(gone)}
      where f.workspace_id = ${workspaceId} and f.field_id = e.field_id and f.str = e.str and f.contact_id = ${contactId}
    ), forgotten_num as (
      delete from field_num f using ${list(gone)}
      where f.workspace_id = ${workspaceId} and f.field_id = e.field_id and f.num = e.num and f.contact_id = ${contactId}
    ), made as (
      select e.*, d.type in ('text', 'list', 'email', 'url') as is_text from ${list(made)}
      join custom_field d on d.workspace_id = ${workspaceId} and d.id = e.field_id
    ), found_str as (
      insert into field_str (workspace_id, field_id, str, contact_id)
      select ${workspaceId}, field_id, str, ${contactId} from made where is_text and str is not null on conflict do nothing
    )
    insert into field_num (workspace_id, field_id, num, contact_id)
    select ${workspaceId}, field_id, num, ${contactId} from made where not is_text and num is not null on conflict do nothing`.execute(
    tx,
  )
}

interface Entry {
  readonly fieldId: number
  /** As text is found. */
  readonly str: string | null
  /** As numbers, days, minutes and checkboxes are; which of both it is its field's type says. */
  readonly num: number | null
}

const entriesOf = (fields: CustomFields): Entry[] =>
  Object.entries(fields).map(([id, value]) => {
    const fieldId = Number(id)
    if (typeof value !== 'string') return { fieldId, str: null, num: Number(value) }
    return { fieldId, str: foldValue(value), num: daysOf(value) ?? minutesOf(value) }
  })

/** Since 1970-01-01; null for what is no date. */
const daysOf = (text: string): number | null =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 86_400_000 : null

/** Since midnight; null for what is no time. */
function minutesOf(text: string): number | null {
  const time = /^(\d\d):(\d\d)$/.exec(text)
  return time === null ? null : Number(time[1]) * 60 + Number(time[2])
}
