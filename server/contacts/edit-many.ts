import { sql, type Selectable } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import type { Contact } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { indexFields } from './index-fields.ts'
import { planEdit, type Change, type EditPlan, type FieldValues } from './plan-edit.ts'
import type { CustomFields, Origin, Provenance } from './provenance.ts'
import { searchText } from './search-text.ts'
import { indexText, whatHappened } from './write-edit.ts'

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
  await writeRows(tx, workspaceId, plans)
  await indexFields(
    tx,
    workspaceId,
    plans.map(({ before, after }) => ({
      contactId: after.id,
      before: before.fields as CustomFields,
      after: after.fields as CustomFields,
    })),
  )
  await indexTexts(
    tx,
    workspaceId,
    plans.filter(({ found }) => found),
  )
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    plans.flatMap((plan) => whatHappened(plan, edit.inWords)),
  )
  return plans.map(({ after }) => after.id)
}

async function writeRows(tx: Tx, workspaceId: number, plans: readonly EditPlan[]): Promise<void> {
  const after = plans.map((plan) => plan.after)
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const ids = after.map(({ id }) => id)
  await sql`
    with written as (
      update contact c set country = e.country, language = e.language, lifecycle_id = e.lifecycle_id, fields = e.fields,
        own = e.own, version = e.version
      from unnest(${ids}::bigint[], ${after.map(({ country }) => country)}::text[],
        ${after.map(({ language }) => language)}::text[], ${after.map((row) => row.lifecycle_id)}::bigint[],
        ${after.map(({ fields }) => json(fields))}::jsonb[], ${after.map(({ own }) => json(own))}::jsonb[],
        ${after.map(({ version }) => version)}::integer[])
        e (id, country, language, lifecycle_id, fields, own, version)
      where c.workspace_id = ${workspaceId} and c.id = e.id
    )
    insert into contact_provenance (workspace_id, contact_id, p)
    select ${workspaceId}, e.id, e.p from unnest(${ids}::bigint[],
      ${plans.map(({ provenance }) => json(provenance))}::jsonb[]) e (id, p) order by e.id
    on conflict (workspace_id, contact_id) do update set p = excluded.p`.execute(tx)
}

/** Whoever stands for others is found by what those say too, which takes a look at each. */
async function indexTexts(tx: Tx, workspaceId: number, plans: readonly EditPlan[]): Promise<void> {
  for (const plan of plans.filter(({ after }) => after.own !== null)) await indexText(tx, plan)
  const alone = plans.flatMap(({ after }) => (after.own === null ? [after] : []))
  if (alone.length === 0) return
  await sql`
    update contact_search s set txt = e.txt
    from unnest(${alone.map(({ id }) => id)}::bigint[], ${alone.map((row) => searchText(row))}::text[]) e (id, txt)
    where s.workspace_id = ${workspaceId} and s.contact_id = e.id`.execute(tx)
}
