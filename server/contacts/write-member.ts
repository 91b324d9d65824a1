import type { Deps } from '../deps.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Tx } from '../http/endpoint.ts'
import { fieldsOf, goldenValues, heldIn, type GoldenField } from './golden-values.ts'
import { loadTrees } from './load-trees.ts'
import type { Change } from './plan-edit.ts'
import { actorOf, type Source, type ValuedField } from './provenance.ts'
import { restoreGolden } from './restore-golden.ts'
import { writeRows, type ContactWrite } from './write-contacts.ts'
import type { InWords } from './write-edit.ts'

/**
 * What one of those who are one contact says alone is another: it is what it will say if it is parted again. Whoever stands
 * for it says it too where it speaks for them, and that is told.
 */
export async function writeMember(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { write, rootId, by }: { write: ContactWrite; rootId: number; by: { source: Source; by: number } },
  inWords: InWords = () => ({}),
): Promise<void> {
  const { workspace_id: workspaceId } = write.after
  const { members, ops } = await loadTrees(tx, workspaceId, [rootId])
  const before = goldenValues(members, ops).get(rootId)!
  await writeRows(tx, workspaceId, [write])
  const after = await restoreGolden(tx, workspaceId, rootId)
  const valueIn = (values: typeof after, field: GoldenField) => {
    const { value } = heldIn(values, field)
    return field === 'lifecycle' && value !== null ? Number(value) : value
  }
  const origin = { ...by, at: deps.clock.now() }
  const changes = fieldsOf([before, after])
    .filter((field): field is ValuedField => field !== 'assignee')
    .map((field): Change => ({ field, from: valueIn(before, field), to: valueIn(after, field), origin }))
    .filter(({ from, to }) => from !== to)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    changes.map((change) => ({
      contactId: rootId,
      kind: 'fieldChanged' as const,
      actor: actorOf(by.source, by.by, rootId),
      data: { field: change.field, from: change.from, to: change.to, ...by, ...inWords(change) },
    })),
  )
}
