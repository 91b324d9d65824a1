import type { Deps } from '../deps.ts'

/** Whoever came in or goes by another name now is to be compared. */
export async function ringIfDue(deps: Deps, workspaceId: number): Promise<void> {
  const due = await deps.db
    .selectFrom('identity_due')
    .select('contact_id')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst()
  if (due !== undefined) await deps.jobs.ring('suggest-duplicates', { workspaceId })
}
