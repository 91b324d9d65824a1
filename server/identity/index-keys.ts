import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import { foldName } from './fold-name.ts'
import { markDue } from './mark-due.ts'
import { clueStrengths, emailClues, phoneClues, type ClueStrength } from './read-clues.ts'

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

const nobody = foldName('')

/**
 * Every key under which a contact is kept, each once with its best strength, in the order in which they are to be written.
 * One slip away is not among them: that is worth a suggestion only where all contacts are compared at leisure.
 */
export function keysOf({ phone, email }: Reachable): { key: string; strength: ClueStrength }[] {
  const clues = [
    ...(phone === null ? [] : phoneClues({ field: 'phone', value: phone }, null, nobody)),
    ...(email === null ? [] : emailClues({ field: 'email', value: email }, nobody)),
  ].filter(({ strength }) => strength !== 'near')
  const best = new Map<string, ClueStrength>()
  const rank = (strength: ClueStrength) => clueStrengths.indexOf(strength)
  for (const { key, strength } of clues) {
    const known = best.get(key)
    if (known === undefined || rank(strength) < rank(known)) best.set(key, strength)
  }
  return [...best].map(([key, strength]) => ({ key, strength })).toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** Makes the keys of a contact those of its present phone and e-mail, and has its pairs judged anew. */
export async function indexKeys(tx: Tx, workspaceId: number, contactId: number, contact: Reachable): Promise<void> {
  const keys = keysOf(contact)
  const { rows } = await sql<{ key: string }>`
    with wanted as (
      select * from unnest(${keys.map(({ key }) => key)}::text[], ${keys.map(({ strength }) => strength)}::text[])
        as wanted (key, strength)
    ), lost as (
      delete from identity_key where workspace_id = ${workspaceId} and contact_id = ${contactId}
        and key not in (select key from wanted) returning key
    ), kept as (
      insert into identity_key as known (workspace_id, key, contact_id, strength)
      select ${workspaceId}::bigint, key, ${contactId}::bigint, strength from wanted order by key
      on conflict (workspace_id, key, contact_id) do update set strength = excluded.strength
      where known.strength <> excluded.strength
    )
    select key from lost`.execute(tx)
  const lost = rows.map(({ key }) => key)
  if (keys.length > 0 || lost.length > 0) await markDue(tx, workspaceId, [contactId], lost)
}
