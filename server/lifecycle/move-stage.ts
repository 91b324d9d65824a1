import type { LifecycleStage } from '#contract/lifecycle.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { lockStages } from './lock-stages.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Puts a stage elsewhere on the journey. Of two people who do so at once, both have their way. */
export async function moveStage(
  { tx, actor, deps, live }: WriteContext,
  { stageId, before }: ParsedInput<'move'>,
): Promise<{ items: LifecycleStage[] }> {
  const { workspaceId } = actor
  const stages = await lockStages(tx, workspaceId)
  const moved = stages.find(({ id }) => id === stageId)
  if (moved === undefined) return fail('NOT_FOUND')
  const rest = stages.filter(({ id }) => id !== stageId)
  const at = before === null ? rest.length : rest.findIndex(({ id }) => id === before)
  if (at < 0) return refuse('before', 'unknown', 'Name another stage.')
  const items = [...rest.slice(0, at), moved, ...rest.slice(at)]
  if (items.some(({ id }, position) => id !== stages[position]?.id)) {
    for (const [position, { id }] of items.entries())
      await tx
        .updateTable('lifecycle_stage')
        .set({ position: position + 1 })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', id)
        .execute()
    await recordAudit(tx, deps.clock, actor, 'stageMoved', {
      stageId,
      name: moved.name,
      from: { step: stages.indexOf(moved) + 1 },
      to: { step: items.indexOf(moved) + 1 },
    })
    live({ event: { type: 'lifecycle' }, seenBy: null })
  }
  return { items }
}
