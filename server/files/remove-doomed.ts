import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

const batch = 500

/** Removes the bytes of a workspace's files whose rows are gone. Whoever is killed halfway removes the rest the next time. */
export async function removeDoomed(
  { db, files }: Pick<Deps, 'db' | 'files'>,
  workspaceId: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const doomed = await db
      .selectFrom('doomed_file')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .limit(batch)
      .execute()
    if (doomed.length === 0) return
    const ids = doomed.map(({ id }) => id)
    for (const id of ids) await files.remove(workspaceId, id)
    await sql`delete from doomed_file where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(db)
  }
}
