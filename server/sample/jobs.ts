import type { Deps } from '../deps.ts'
import { fillWorkspace } from './fill-workspace.ts'

export async function startSampleJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('add-sample-data', ({ workspaceId }) => fillWorkspace(deps, workspaceId))
}
