import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
import { takingBreaths } from '../jobs/taking-breaths.ts'
import type { Tx } from '../http/endpoint.ts'
import { markDue, type LostKey } from './mark-due.ts'
import { clueStrengths, emailKeysMet, phoneKeysMet, type ClueStrength, type KeyOfClue } from './read-clues.ts'

/**
 * Strengths of keys that a value has itself; the others are what it may be met under, for suggestions alone. Who looks
 * somebody up asks for these.
 */
export const ownStrengths: readonly ClueStrength[] = ['exact', 'repaired', 'unverified', 'role']

/** What a contact is recognised by. Phone in E.164. */
export interface Reachable {
  readonly phone: string | null
  readonly email: string | null
}

/**
 * Every key under which a contact is kept, each once with its best strength, in the order in which they are to be written.
 * One slip away is not among them: that is worth a suggestion only where all contacts are compared at leisure.
 */
export function keysOf({ phone, email }: Reachable): KeyOfClue[] {
  const met = [...(phone === null ? [] : phoneKeysMet(phone)), ...(email === null ? [] : emailKeysMet(email))]
  const keys: KeyOfClue[] = []
  for (const one of met) {
    const at = keys.findIndex(({ key }) => key === one.key)
    if (at === -1) keys.push(one)
    else if (rank(one.strength) < rank(keys[at]!.strength)) keys[at] = one
  }
  return keys.sort((a, b) => (a.key < b.key ? -1 : 1))
}

const rank = (strength: ClueStrength) => clueStrengths.indexOf(strength)

export interface Keyed extends Reachable {
  readonly contactId: number
  /** It has no keys yet. */
  readonly isNew?: boolean
  /** Whoever writes it says itself, when it has written all, that it is to be compared. */
  readonly isDueLater?: boolean
}

/**
 * Makes the keys of contacts those of their present phones and e-mails, and has their pairs judged anew.
 * @param before a statement that is under way on `tx`: which keys these are is found out meanwhile
 */
export async function indexKeys(
  tx: Tx,
  workspaceId: number,
  contacts: readonly Keyed[],
  before?: Promise<void>,
): Promise<void> {
  const keys: (KeyOfClue & { id: number })[] = []
  const breath = takingBreaths()
  for (const contact of contacts) {
    if (breath.isDue()) await breath.take()
    for (const { key, strength } of keysOf(contact)) keys.push({ key, strength, id: contact.contactId })
  }
  await before
  const known = contacts.flatMap(({ contactId, isNew = false }) => (isNew ? [] : [contactId]))
  if (keys.length === 0 && known.length === 0) return
  const { rows: lost } = await sql<LostKey>`${preparedFor(contacts.length)}
    with wanted as materialized (
      select contact_id, key, strength
      from unnest(${keys.map(({ id }) => id)}::bigint[], ${keys.map(({ key }) => key)}::text[],
        ${keys.map(({ strength }) => strength)}::text[]) wanted (contact_id, key, strength)
    ), lost as (
      delete from identity_key k where k.workspace_id = ${workspaceId} and k.contact_id = any(${known}::bigint[])
        and not exists (select from wanted where wanted.contact_id = k.contact_id and wanted.key = k.key)
      returning k.contact_id, k.key
    ), kept as (
      insert into identity_key as known (workspace_id, key, contact_id, strength)
      select ${workspaceId}::bigint, key, contact_id, strength from wanted order by key, contact_id
      on conflict (workspace_id, key, contact_id) do update set strength = excluded.strength
      where known.strength <> excluded.strength
    )
    select contact_id, key from lost`.execute(tx)
  const later = new Set(contacts.flatMap(({ contactId, isDueLater = false }) => (isDueLater ? [contactId] : [])))
  const dueIds = new Set(lost.map(({ contact_id }) => contact_id))
  for (const { id } of keys) if (!later.has(id)) dueIds.add(id)
  await markDue(tx, workspaceId, [...dueIds], lost)
}
