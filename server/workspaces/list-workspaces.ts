import { sql } from 'kysely'
import type { Role } from '#contract/policy.ts'
import type { AccountContext } from '../http/endpoint.ts'

/** Where the signed-in person is a member, by name. */
export async function listWorkspaces({ deps, account }: AccountContext) {
  const rows = await deps.db
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .select(['workspace.id', 'workspace.name', 'member.role'])
    .where('member.user_id', '=', account.userId)
    .where('member.removed_at', 'is', null)
    .orderBy(sql`workspace.name collate "und-x-icu"`)
    .execute()
  return { items: rows.map((row) => ({ ...row, role: row.role as Role })) }
}
