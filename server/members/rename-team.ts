import { sql } from 'kysely'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findTeam } from './list-teams.ts'

export async function renameTeam(
  { tx, actor, deps, live }: WriteContext,
  { teamId, name }: { teamId: number; name: string },
) {
  const before = await findTeam(tx, actor.workspaceId, teamId)
  if (before === undefined) return fail('NOT_FOUND')
  const other = await tx
    .selectFrom('team')
    .select('id')
    .where('workspace_id', '=', actor.workspaceId)
    .where(sql`lower(name)`, '=', sql`lower(${name})`)
    .where('id', '<>', teamId)
    .executeTakeFirst()
  if (other !== undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  await tx
    .updateTable('team')
    .set({ name })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', teamId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'teamRenamed', { teamId, name, from: { name: before.name }, to: { name } })
  live({ event: { type: 'members' }, seenBy: null })
  return { ...before, name }
}
