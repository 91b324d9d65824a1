import { sql } from 'kysely'
import type { ReadContext, Reader } from '../http/endpoint.ts'

const teamsOf = (db: Reader, workspaceId: number) =>
  db
    .selectFrom('team as t')
    .leftJoin('member as m', (join) =>
      join
        .onRef('m.workspace_id', '=', 't.workspace_id')
        .onRef('m.team_id', '=', 't.id')
        .on('m.removed_at', 'is', null),
    )
    .select((build) => ['t.id', 't.name', build.fn.count<number>('m.id').as('members')])
    .where('t.workspace_id', '=', workspaceId)
    .groupBy(['t.workspace_id', 't.id'])

/** Teams by name, with how many members each has. */
export async function listTeams({ db, actor }: ReadContext) {
  return {
    items: await teamsOf(db, actor.workspaceId)
      .orderBy(sql`t.name collate "und-x-icu"`)
      .execute(),
  }
}

export const findTeam = (db: Reader, workspaceId: number, teamId: number) =>
  teamsOf(db, workspaceId).where('t.id', '=', teamId).executeTakeFirst()
