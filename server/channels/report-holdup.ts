import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Line } from './adapter.ts'
import type { Holdup } from './next-holdup.ts'

/** Writes down why sending on a line rests, or null that it goes on, and tells the browsers. */
export async function reportHoldup(
  deps: Pick<Deps, 'db'>,
  { workspaceId, channelId }: Pick<Line, 'workspaceId' | 'channelId'>,
  holdup: Holdup | null,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('channel')
      .set({ holdup: holdup === null ? null : JSON.stringify(holdup) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', channelId)
      .where('deleted_at', 'is', null)
      .execute()
    await notify(tx, [{ workspaceId, event: { type: 'channel', channelId }, seenBy: null }])
  })
}
