import type { LifecycleStage } from '#contract/lifecycle.ts'
import type { Tx } from '../http/endpoint.ts'
import { loadStages } from './list-stages.ts'

/** The stages of a workspace, with nobody else changing them until the transaction ends: one has to be the default, and each its place. */
export async function lockStages(tx: Tx, workspaceId: number): Promise<LifecycleStage[]> {
  await tx.selectFrom('workspace').select('id').where('id', '=', workspaceId).forNoKeyUpdate().execute()
  return loadStages(tx, workspaceId)
}
