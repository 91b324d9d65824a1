import { sql } from 'kysely'
import { recordAudit } from '../activity/record-audit.ts'
import { notify } from '../db/notify.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { memberColumns, memberOf } from './member-row.ts'

/** A person's own name: one in all their workspaces. */
export async function updateProfile({ tx, deps, actor }: WriteContext, { name }: { name: string }) {
  await sql`update auth.person set name = ${name}, updated_at = now() where id = ${actor.userId}`.execute(tx)
  const rows = await tx
    .updateTable('member')
    .set({ name })
    .where('user_id', '=', actor.userId)
    .where('removed_at', 'is', null)
    .returning([...memberColumns, 'workspace_id'])
    .execute()
  if (name !== actor.name)
    for (const { id: memberId, workspace_id: workspaceId } of rows)
      await recordAudit(tx, deps.clock, { ...actor, workspaceId, memberId }, 'memberRenamed', {
        name,
        from: { name: actor.name },
        to: { name },
      })
  await notify(
    tx,
    rows.map((row) => ({ workspaceId: row.workspace_id, event: { type: 'members' }, seenBy: null })),
  )
  const own = rows.find((row) => row.workspace_id === actor.workspaceId)
  if (own === undefined) throw new Error('the member is gone within their own request')
  return memberOf(own, actor)
}
