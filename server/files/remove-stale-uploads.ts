import type { Deps } from '../deps.ts'
import { removeForgotten } from './lay-aside.ts'

const batch = 200

/** Takes away what members uploaded and never sent, a day after, unless it is being sent at this moment. */
export async function removeStaleUploads(deps: Deps, now: Date): Promise<void> {
  await removeForgotten(deps.config.dataDir, now)
  const dayAgo = new Date(now.getTime() - 24 * 3600 * 1000)
  for (;;) {
    const stale = await deps.db
      .selectFrom('attachment')
      .select(['workspace_id', 'id'])
      .where('message_id', 'is', null)
      .where('created_at', '<', dayAgo)
      .limit(batch)
      .execute()
    for (const { workspace_id, id } of stale) {
      const gone = await deps.db
        .deleteFrom('attachment')
        .where('workspace_id', '=', workspace_id)
        .where('id', '=', id)
        .where('message_id', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (gone !== undefined) await deps.files.remove(workspace_id, id)
    }
    if (stale.length < batch) return
  }
}
