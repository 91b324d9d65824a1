import type { Deps } from '../deps.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Tx } from '../http/endpoint.ts'
import { goldenFields, goldenValues } from './golden-values.ts'
import { loadTrees } from './load-trees.ts'
import type { EditPlan } from './plan-edit.ts'
import { restoreGolden } from './restore-golden.ts'
import { writeRows } from './write-contacts.ts'

/**
 * What the channel of an absorbed contact says is that contact's: it is what it will say if it is parted again. Whoever
 * stands for it says it too where it speaks for them.
 */
export async function fillAbsorbed(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { plan, rootId, channelId }: { plan: EditPlan; rootId: number; channelId: number },
): Promise<void> {
  const { workspace_id: workspaceId } = plan.after
  const { members, ops } = await loadTrees(tx, workspaceId, [rootId])
  const before = goldenValues(members, ops).get(rootId)!
  await writeRows(tx, workspaceId, [plan])
  const after = await restoreGolden(tx, workspaceId, rootId)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    goldenFields.flatMap((field) => {
      const [from, to] = [before[field].value, after[field].value]
      const data = { field, from, to, source: 'channel' as const, by: channelId }
      return from === to
        ? []
        : [{ contactId: rootId, kind: 'fieldChanged' as const, actor: { type: 'contact' as const, id: rootId }, data }]
    }),
  )
}
