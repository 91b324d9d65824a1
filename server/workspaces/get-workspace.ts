import type { ReadContext } from '../http/endpoint.ts'
import { readWorkspace } from './read-workspace.ts'

/** The workspace, and who asks within it. */
export async function getWorkspace({ db, actor }: ReadContext) {
  const { email } = await db
    .selectFrom('member')
    .select('email')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', actor.memberId)
    .executeTakeFirstOrThrow()
  const { memberId, name, role, restrictions, teamId } = actor
  return {
    ...(await readWorkspace(db, actor.workspaceId)),
    me: { memberId, name, email, role, restrictions: [...restrictions], teamId },
  }
}
