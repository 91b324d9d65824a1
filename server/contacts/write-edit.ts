import { recordActivity, type ActivityEntry } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { indexKeys } from '../identity/index-keys.ts'
import { markDue } from '../identity/mark-due.ts'
import type { OwnValues } from './golden-values.ts'
import { indexFields } from './index-fields.ts'
import { loadTrees } from './load-trees.ts'
import type { Change, EditPlan } from './plan-edit.ts'
import { actorOf, type CustomFields } from './provenance.ts'
import { searchText } from './search-text.ts'
import { namesOf, ownNames } from './write-golden.ts'

/**
 * Carries a planned edit out of a contact that stands for itself: the row, where each value came from, what the contact is found by, and who changed what. */
export async function writeEdit(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  plan: EditPlan,
  inWords: (change: Change) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<void> {
  const { workspace_id, id } = plan.after
  await writeRow(tx, plan)
  const [before, after] = [plan.before.fields as CustomFields, plan.after.fields as CustomFields]
  await indexFields(tx, workspace_id, [{ contactId: id, before, after }])
  if (plan.found) await indexText(tx, plan)
  if (plan.named) await markDue(tx, workspace_id, [id])
  await recordActivity(tx, deps.clock, workspace_id, whatHappened(plan, inWords))
}

/** Who changed what, from → to; `inWords` adds what the numbers in it were called. */
export const whatHappened = (
  { after: { id }, changes }: EditPlan,
  inWords: (change: Change) => Readonly<Record<string, unknown>>,
): ActivityEntry[] =>
  changes.map((change) => {
    const { field, from, to, origin } = change
    const data = { field, from, to, source: origin.source, by: origin.by, ...inWords(change) }
    return { contactId: id, kind: 'fieldChanged', actor: actorOf(origin.source, origin.by, id), data }
  })

/** The row, where its values came from, and the keys it is known by: what an edit changes of an absorbed contact too. */
export async function writeRow(tx: Tx, plan: EditPlan): Promise<void> {
  const { workspace_id, id } = plan.after
  await tx.updateTable('contact').set(plan.set).where('workspace_id', '=', workspace_id).where('id', '=', id).execute()
  const p = JSON.stringify(plan.provenance)
  await tx
    .insertInto('contact_provenance')
    .values({ workspace_id, contact_id: id, p })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'contact_id']).doUpdateSet({ p }))
    .execute()
  if (plan.reached) await indexKeys(tx, workspace_id, id, plan.says)
}

/** Keeps what the contact is found by in step with its row. */
export async function indexText(tx: Tx, { after }: Pick<EditPlan, 'after'>): Promise<void> {
  const { workspace_id, id } = after
  const own = after.own as OwnValues | null
  const others =
    own === null ? [] : (await loadTrees(tx, workspace_id, [id])).members.filter((member) => member.id !== id)
  const also = own === null ? [] : [ownNames(own, after), ...others.flatMap(namesOf)]
  await tx
    .updateTable('contact_search')
    .set({ txt: searchText(after, also) })
    .where('workspace_id', '=', workspace_id)
    .where('contact_id', '=', id)
    .execute()
}
