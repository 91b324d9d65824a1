import type { Tx } from '../http/endpoint.ts'
import type { StepData } from './stepping.ts'

/** What is kept of the step that a run stands at; attempts 0 where it has not begun. */
export async function findStep(
  tx: Tx,
  workspaceId: number,
  run: { readonly id: number; readonly contact_id: number; readonly place: number },
): Promise<{ attempts: number; data: StepData }> {
  const row = await tx
    .selectFrom('workflow_run_step')
    .select(['attempts', 'data'])
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', run.contact_id)
    .where('run_id', '=', run.id)
    .where('place', '=', run.place)
    .executeTakeFirst()
  return { attempts: row?.attempts ?? 0, data: (row?.data ?? {}) as StepData }
}
