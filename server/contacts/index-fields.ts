import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { foldValue } from './filter/plan-filter.ts'
import type { CustomFields } from './provenance.ts'

interface Refound {
  readonly contactId: number
  /** What it was found by until now: nothing for one that was part of another. */
  readonly before: CustomFields
  readonly after: CustomFields
}

/** Keeps what contacts that stand for themselves are found, ranged and sorted by in step with their custom values. */
export async function indexFields(tx: Tx, workspaceId: number, contacts: readonly Refound[]): Promise<void> {
  const changes = contacts.map(({ contactId, before, after }) => changeOf(contactId, before, after))
  const [gone, made] = [changes.flatMap((change) => change.gone), changes.flatMap((change) => change.made)]
  if (gone.length === 0 && made.length === 0) return
  const list = (entries: readonly Entry[]) => sql`
    unnest(${entries.map(({ contactId }) => contactId)}::bigint[], ${entries.map(({ fieldId }) => fieldId)}::bigint[],
      ${entries.map(({ str }) => str)}::text[], ${entries.map(({ num }) => num)}::float8[]) e (contact_id, field_id, str, num)`
  // a field that is gone has no type and so is found by nothing
  await sql`${preparedFor(contacts.length)}
    with forgotten_str as (
      delete from field_str f using ${list(gone)}
      where f.workspace_id = ${workspaceId} and f.field_id = e.field_id and f.str = e.str and f.contact_id = e.contact_id
    ), forgotten_num as (
      delete from field_num f using ${list(gone)}
      where f.workspace_id = ${workspaceId} and f.field_id = e.field_id and f.num = e.num and f.contact_id = e.contact_id
    ), made as (
      select e.*, d.type in ('text', 'list', 'email', 'url') as is_text from ${list(made)}
      join custom_field d on d.workspace_id = ${workspaceId} and d.id = e.field_id
    ), found_str as (
      insert into field_str (workspace_id, field_id, str, contact_id)
      select ${workspaceId}, field_id, str, contact_id from made where is_text and str is not null
      order by field_id, str, contact_id on conflict do nothing
    )
    insert into field_num (workspace_id, field_id, num, contact_id)
    select ${workspaceId}, field_id, num, contact_id from made where not is_text and num is not null
    order by field_id, num, contact_id on conflict do nothing`.execute(tx)
}

interface Entry {
  readonly contactId: number
  readonly fieldId: number
  /** As text is found. */
  readonly str: string | null
  /** As numbers, days, minutes and checkboxes are; which of both it is its field's type says. */
  readonly num: number | null
}

interface ChangeOfEntries {
  readonly gone: readonly Entry[]
  readonly made: readonly Entry[]
}

function changeOf(contactId: number, before: CustomFields, after: CustomFields): ChangeOfEntries {
  const [old, fresh] = [entriesOf(contactId, before), entriesOf(contactId, after)]
  return { gone: without(old, fresh), made: without(fresh, old) }
}

function without(entries: readonly Entry[], others: readonly Entry[]): readonly Entry[] {
  if (entries.length === 0 || others.length === 0) return entries
  const known = new Set(others.map((entry) => JSON.stringify(entry)))
  return entries.filter((entry) => !known.has(JSON.stringify(entry)))
}

const entriesOf = (contactId: number, fields: CustomFields): Entry[] =>
  Object.keys(fields).map((id) => {
    const [fieldId, value] = [Number(id), fields[id]!]
    if (typeof value !== 'string') return { contactId, fieldId, str: null, num: Number(value) }
    return { contactId, fieldId, str: foldValue(value), num: daysOf(value) ?? minutesOf(value) }
  })

/** Since 1970-01-01; null for what is no date. */
const daysOf = (text: string): number | null =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 86_400_000 : null

/** Since midnight; null for what is no time. */
function minutesOf(text: string): number | null {
  const time = /^(\d\d):(\d\d)$/.exec(text)
  return time === null ? null : Number(time[1]) * 60 + Number(time[2])
}
