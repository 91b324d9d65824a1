import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { countInStage } from './count-stage.ts'
import { lockStages } from './lock-stages.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Takes a stage out of the workspace, for whoever knows how many contacts stand in it; they are swept behind that. */
export async function removeStage(
  { tx, actor, deps, live, enqueue }: WriteContext,
  { stageId, contacts }: ParsedInput<'remove'>,
): Promise<Record<string, never>> {
  const { workspaceId } = actor
  const stages = await lockStages(tx, workspaceId)
  const stage = stages.find(({ id }) => id === stageId)
  if (stage === undefined) return fail('NOT_FOUND')
  if (stage.isDefault && stages.length > 1) return fail('CONFLICT', { reason: 'default' })
  const current = await countInStage(tx, workspaceId, stageId)
  if (current !== contacts) return fail('STALE', { fields: [{ field: 'contacts', current, by: null, at: null }] })
  await tx.deleteFrom('lifecycle_stage').where('workspace_id', '=', workspaceId).where('id', '=', stageId).execute()
  await recordAudit(tx, deps.clock, actor, 'stageRemoved', { stageId, name: stage.name, contacts })
  await enqueue('tidy-stage', { workspaceId, stageId })
  live({ event: { type: 'lifecycle' }, seenBy: null })
  return {}
}
