import type { LifecycleStage } from '#contract/lifecycle.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { lockStages } from './lock-stages.ts'
import type { ParsedInput } from './parsed-input.ts'
import { readStageName } from './stage-name.ts'

/** Another name, look or meaning; or new contacts begin in this one from now on. */
export async function editStage(
  { tx, actor, deps, live }: WriteContext,
  { stageId, name, emoji, description, kind, isDefault }: ParsedInput<'edit'>,
): Promise<LifecycleStage> {
  const { workspaceId } = actor
  const stages = await lockStages(tx, workspaceId)
  const before = stages.find(({ id }) => id === stageId)
  if (before === undefined) return fail('NOT_FOUND')
  const named = readStageName(name ?? before.name)
  const isTaken = stages.some((other) => other.id !== stageId && readStageName(other.name).name_key === named.name_key)
  if (isTaken) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  const after: LifecycleStage = {
    id: stageId,
    name: named.name,
    emoji: emoji === undefined ? before.emoji : emoji,
    description: description ?? before.description,
    kind: kind ?? before.kind,
    isDefault: isDefault ?? before.isDefault,
  }
  if (JSON.stringify(after) === JSON.stringify({ ...before, id: stageId })) return before
  if (after.isDefault && !before.isDefault)
    await tx.updateTable('lifecycle_stage').set({ is_default: false }).where('workspace_id', '=', workspaceId).execute()
  await tx
    .updateTable('lifecycle_stage')
    .set({
      ...named,
      emoji: after.emoji,
      description: after.description,
      kind: after.kind,
      is_default: after.isDefault,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', stageId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'stageEdited', {
    stageId,
    name: after.name,
    from: partsOf(before),
    to: partsOf(after),
  })
  live({ event: { type: 'lifecycle' }, seenBy: null })
  return after
}

const partsOf = ({ name, emoji, description, kind, isDefault }: LifecycleStage) => ({
  name,
  emoji,
  description,
  isLost: kind === 'lost',
  isDefault,
})
