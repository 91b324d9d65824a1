import type { BulkJob } from '#contract/bulk.ts'
import type { Selection } from '#contract/filter.ts'
import { startJob } from '../bulk/start-job.ts'
import type { Reader, Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Has contacts deleted in the background, for whoever knows how many they are. */
export async function startDeletion(
  context: WriteContext,
  { selection, contacts }: ParsedInput<'start'>,
): Promise<BulkJob> {
  await refuseAbsorbed(context.tx, context.actor.workspaceId, selection)
  return startJob(context, 'delete', selection, { contacts })
}

/** Whoever names a contact that has become part of another means that part alone, or does not know: both are asked again. */
export async function refuseAbsorbed(db: Reader | Tx, workspaceId: number, selection: Selection): Promise<void> {
  if (selection.kind !== 'ids') return
  const absorbed = await db
    .selectFrom('contact')
    .select(['id', 'root_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', selection.ids)
    .where('root_id', 'is not', null)
    .orderBy('id')
    .execute()
  if (absorbed.length === 0) return
  const fields = absorbed.slice(0, 20).map(({ id, root_id: survivorId }) => ({
    path: `selection.ids.${selection.ids.indexOf(id)}`,
    reason: 'absorbed',
    message: `Contact ${id} has become part of contact ${survivorId}.`,
    fix: `Delete contact ${survivorId}, or take the merge back first.`,
  }))
  fail('BAD_REQUEST', { fields })
}
