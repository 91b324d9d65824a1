import type { ApiToken } from '#contract/members.ts'
import type { Reader } from '../http/endpoint.ts'

/** How many tokens of a workspace work at once; who needs a further one revokes one that nothing uses. */
export const maxApiTokens = 500

/** A workspace's tokens that work, newest first. */
export const workingTokens = (db: Reader, workspaceId: number) =>
  db
    .selectFrom('api_token as t')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 't.workspace_id').onRef('m.id', '=', 't.member_id'),
    )
    .select(['t.id', 't.name', 't.member_id', 'm.name as member_name', 't.ending', 't.created_at', 't.last_used_at'])
    .where('t.workspace_id', '=', workspaceId)
    .where('t.revoked_at', 'is', null)
    .orderBy('t.id', 'desc')

type Row = Awaited<ReturnType<ReturnType<typeof workingTokens>['executeTakeFirstOrThrow']>>

export const apiTokenOf = (row: Row): ApiToken => ({
  id: row.id,
  name: row.name,
  memberId: row.member_id,
  memberName: row.member_name,
  ending: row.ending,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
})
