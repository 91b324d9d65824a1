import type { Tx } from '../http/endpoint.ts'

/** Is there such a stage? If so it does not go until the transaction ends. Whoever holds one and locks contacts holds it first. */
export async function holdStage(tx: Tx, workspaceId: number, stageId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('lifecycle_stage')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', stageId)
    .forShare()
    .executeTakeFirst()
  return row !== undefined
}
