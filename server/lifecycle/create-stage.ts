import type { LifecycleStage } from '#contract/lifecycle.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { lockStages } from './lock-stages.ts'
import type { ParsedInput } from './parsed-input.ts'
import { readStageName } from './stage-name.ts'

/** A journey of more is none that anybody sees at a glance. */
const most = 20

/** One more stage, at the end. */
export async function createStage(
  { tx, actor, deps, live }: WriteContext,
  { name: typed, emoji = null, description = '', kind = 'stage' }: ParsedInput<'create'>,
): Promise<LifecycleStage> {
  const { workspaceId } = actor
  const named = readStageName(typed)
  const stages = await lockStages(tx, workspaceId)
  if (stages.length >= most) return fail('CONFLICT', { reason: 'too-many' })
  const id = await deps.numbers.next(workspaceId, 'stage')
  const isDefault = stages.length === 0
  const last = await tx
    .selectFrom('lifecycle_stage')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  const made = await tx
    .insertInto('lifecycle_stage')
    .values({
      workspace_id: workspaceId,
      id,
      ...named,
      emoji,
      description,
      kind,
      is_default: isDefault,
      position: (last?.position ?? 0) + 1,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  await recordAudit(tx, deps.clock, actor, 'stageCreated', { stageId: id, name: named.name })
  live({ event: { type: 'lifecycle' }, seenBy: null })
  return { id, name: named.name, emoji, description, kind, isDefault }
}
