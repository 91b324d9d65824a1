import type { BulkJob } from '#contract/bulk.ts'
import { inWords } from '../contacts/update-contact.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { holdStage } from '../lifecycle/hold-stage.ts'
import { loadStages } from '../lifecycle/list-stages.ts'
import { notThere, type BulkAct } from './bulk-act.ts'
import { giveToMany } from './give-to-many.ts'
import type { ParsedInput } from './parsed-input.ts'
import { startJob } from './start-job.ts'

interface Wish {
  readonly stageId: number | null
}

/** Has many contacts stand at a stage of the journey, or at none. */
export async function startStaging(
  context: WriteContext,
  { selection, stageId }: ParsedInput<'setStage'>,
): Promise<BulkJob> {
  const { tx, actor } = context
  if (stageId !== null && !(await holdStage(tx, actor.workspaceId, stageId)))
    return refuse('stageId', 'unknown', 'There is no such stage.')
  const wish: Wish = { stageId }
  return startJob(context, 'lifecycle', selection, { wish })
}

/** Setting the stage as an act on many contacts. */
export const staging: BulkAct = {
  async carryOut(tx, work, contactIds) {
    const { stageId } = work.wish as Wish
    if (stageId !== null && !(await holdStage(tx, work.workspaceId, stageId))) return notThere(contactIds)
    const stages = await loadStages(tx, work.workspaceId)
    return giveToMany(tx, work, contactIds, {
      values: { lifecycle: stageId },
      open: () => true,
      inWords: (change) => inWords(change, [], stages),
    })
  },
}
