import { recordActivity } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { indexKeys } from '../identity/index-keys.ts'
import type { EditPlan } from './plan-edit.ts'
import { actorOf } from './provenance.ts'
import { searchText } from './search-text.ts'

/** Carries a planned edit out: the row, where each value came from, what the contact is found by, and who changed what. */
export async function writeEdit(tx: Tx, deps: Pick<Deps, 'clock'>, plan: EditPlan): Promise<void> {
  const { workspace_id, id } = plan.after
  await tx.updateTable('contact').set(plan.set).where('workspace_id', '=', workspace_id).where('id', '=', id).execute()
  const p = JSON.stringify(plan.provenance)
  await tx
    .insertInto('contact_provenance')
    .values({ workspace_id, contact_id: id, p })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'contact_id']).doUpdateSet({ p }))
    .execute()
  if (plan.named) await indexText(tx, plan)
  if (plan.reached) await indexKeys(tx, workspace_id, id, plan.after)
  await recordActivity(
    tx,
    deps.clock,
    workspace_id,
    plan.changes.map(({ field, from, to, origin }) => ({
      contactId: id,
      kind: 'fieldChanged',
      actor: actorOf(origin.source, origin.by, id),
      data: { field, from, to, source: origin.source, by: origin.by },
    })),
  )
}

/** Keeps what the contact is found by in step with its row. */
export async function indexText(tx: Tx, { after }: Pick<EditPlan, 'after'>): Promise<void> {
  await tx
    .updateTable('contact_search')
    .set({ txt: searchText(after) })
    .where('workspace_id', '=', after.workspace_id)
    .where('contact_id', '=', after.id)
    .execute()
}
