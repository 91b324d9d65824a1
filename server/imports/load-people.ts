import { sql, type Selectable } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import { lockRoots } from '../contacts/lock-roots.ts'
import type { Provenance } from '../contacts/provenance.ts'
import { writeContacts } from '../contacts/write-contacts.ts'
import type { Contact } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { personThere, type Person } from './person.ts'

/** Locks those who are to be changed and reads how they stand, by number; those who are gone are missing. */
export async function loadPeople(
  tx: Tx,
  workspaceId: number,
  asked: readonly number[],
): Promise<{ people: Map<number, Person>; rootOf: Map<number, number> }> {
  if (asked.length === 0) return { people: new Map(), rootOf: new Map() }
  const rootOf = await lockRoots(tx, workspaceId, asked)
  const { rows } = await sql<Selectable<Contact> & { origins: Provenance | null; held: number[] }>`
    select c.*, o.p as origins, array(select coalesce(t.merged_into, t.id) from tag t
      where t.workspace_id = c.workspace_id and t.id = any(c.tags)) as held
    from contact c
    left join contact_provenance o on o.workspace_id = c.workspace_id and o.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = any(${[...rootOf.values()]}::bigint[])
    order by c.id for no key update of c`.execute(tx)
  const people = rows.map(({ origins, held, ...row }) => personThere(row, origins ?? {}, held))
  return { people: new Map(people.map((person) => [person.write.after.id, person])), rootOf }
}

/** Writes those to whom something happened. */
export async function writePeople(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  workspaceId: number,
  people: readonly Person[],
): Promise<void> {
  const changed = people.filter(({ told }) => told.length > 0)
  await writeContacts(
    tx,
    workspaceId,
    changed.map((person) => person.write),
  )
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    changed.flatMap(({ told }) => told),
  )
}
