import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Line } from './adapter.ts'

/**
 * Marks a line broken with its reason, or whole again with null, and tells the browsers. Repeating what is already known
 * writes nothing.
 */
export async function reportLine(
  deps: Pick<Deps, 'db' | 'clock'>,
  { workspaceId, channelId }: Pick<Line, 'workspaceId' | 'channelId'>,
  problem: { code: string; detail: string | null } | null,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const channel = await tx
      .selectFrom('channel')
      .select(['broken', 'problem'])
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', channelId)
      .where('deleted_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    const known = channel?.problem as { code: string; detail: string | null } | null | undefined
    const same = problem === null ? known === null : known?.code === problem.code && known.detail === problem.detail
    if (channel === undefined || (channel.broken === (problem !== null) && same)) return
    await tx
      .updateTable('channel')
      .set({
        broken: problem !== null,
        problem: problem === null ? null : JSON.stringify({ ...problem, at: deps.clock.now().toISOString() }),
      })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', channelId)
      .execute()
    await notify(tx, [{ workspaceId, event: { type: 'channel', channelId }, seenBy: null }])
  })
}
