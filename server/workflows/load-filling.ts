import { sql } from 'kysely'
import type { FieldValue } from '#contract/fields.ts'
import { displayName } from '../contacts/display-name.ts'
import { customFields } from '../fields/custom-fields.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import type { Filling } from './fill-text.ts'

interface Row {
  id: number
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  phone: string | null
  email: string | null
  country: string | null
  language: string | null
  fields: Readonly<Record<string, FieldValue>>
  assignee: string | null
}

/** What the places of a text are filled with for a contact, as it is now, and for a run. */
export async function loadFilling(
  db: Reader | Tx,
  workspaceId: number,
  contactId: number,
  values: Readonly<Record<string, string>>,
): Promise<Filling> {
  const fillings = await loadFillings(db, workspaceId, [{ contactId, values }])
  return fillings[0]!
}

/** The same for several, in their order. */
export async function loadFillings(
  db: Reader | Tx,
  workspaceId: number,
  asked: readonly { readonly contactId: number; readonly values: Readonly<Record<string, string>> }[],
): Promise<Filling[]> {
  const { rows } = await sql<Row>`
    select c.id, c.first_name, c.last_name, c.profile_name, c.phone, c.email, c.country, c.language,
      ${customFields('c')} as fields, assignee.name as assignee
    from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    left join member assignee on assignee.workspace_id = s.workspace_id and assignee.id = s.assignee_id
    where c.workspace_id = ${workspaceId} and c.id = any(${asked.map(({ contactId }) => contactId)}::bigint[])`.execute(
    db,
  )
  const known = new Map(rows.map((row) => [row.id, row]))
  return asked.map(({ contactId, values }) => fillingOf(known.get(contactId), values))
}

function fillingOf(row: Row | undefined, values: Readonly<Record<string, string>>): Filling {
  if (row === undefined) return (name) => values[name]
  const own: Readonly<Record<string, string | null>> = {
    'contact.id': String(row.id),
    'contact.name': displayName(row),
    'contact.firstName': row.first_name,
    'contact.lastName': row.last_name,
    'contact.phone': row.phone,
    'contact.email': row.email,
    'contact.country': row.country,
    'contact.language': row.language,
    'assignee.name': row.assignee,
  }
  return (name) => {
    if (name.startsWith('contact.#')) return String(row.fields[name.slice('contact.#'.length)] ?? '')
    if (Object.hasOwn(own, name)) return own[name] ?? ''
    return Object.hasOwn(values, name) ? values[name] : undefined
  }
}
