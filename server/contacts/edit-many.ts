import { sql, type Selectable } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import type { Contact } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { planEdit, type Change, type FieldValues } from './plan-edit.ts'
import type { Origin, Provenance } from './provenance.ts'
import { writeContacts } from './write-contacts.ts'
import { whatHappened } from './write-edit.ts'

/** What many contacts may be given at once: nothing that they are called, reached or recognised by. */
export type ManyValues = Pick<FieldValues, 'country' | 'language' | 'lifecycle' | 'custom'>

/**
 * Gives the same values to many contacts that stand for themselves and whose states are locked, as `updateContact` does for one,
 * in a handful of statements.
 * @param open which of them take it
 * @returns those that are others now
 */
export async function editMany(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  edit: {
    readonly workspaceId: number
    readonly contactIds: readonly number[]
    readonly values: ManyValues
    readonly origin: Origin
    readonly open: (contact: Selectable<Contact>) => boolean
    readonly inWords: (change: Change) => Readonly<Record<string, unknown>>
  },
): Promise<number[]> {
  const { workspaceId, contactIds, origin } = edit
  const { rows } = await sql<Selectable<Contact> & { p: Provenance | null }>`
    select c.*, origin.p from contact c
    left join contact_provenance origin on origin.workspace_id = c.workspace_id and origin.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = any(${contactIds}::bigint[])
    order by c.id for no key update of c`.execute(tx)
  const plans = rows.flatMap(({ p, ...contact }) =>
    edit.open(contact) ? (planEdit(contact, p ?? {}, edit.values, origin) ?? []) : [],
  )
  if (plans.length === 0) return []
  await writeContacts(tx, workspaceId, plans)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    plans.flatMap((plan) => whatHappened(plan, edit.inWords)),
  )
  return plans.map(({ after }) => after.id)
}
