import type { Deps } from '../deps.ts'
import { keyVersion } from '../identity/key-version.ts'
import { rebuildSuggestions, startRebuild } from './rebuild-suggestions.ts'
import { suggestDuplicates } from './suggest-duplicates.ts'

/** Puts this slice's acts behind their doorbells, and compares anew where the rules have changed. */
export async function startDuplicateJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('suggest-duplicates', (workspace, signal) => suggestDuplicates(deps, workspace, signal))
  await deps.jobs.work('rebuild-suggestions', (workspace, signal) => rebuildSuggestions(deps, workspace, signal))
  const stale = await deps.db.selectFrom('workspace').select('id').where('key_version', '<', keyVersion).execute()
  for (const { id: workspaceId } of stale) {
    await startRebuild(deps.db, workspaceId)
    await deps.jobs.ring('rebuild-suggestions', { workspaceId })
  }
}
