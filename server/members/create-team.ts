import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** A team nobody is in yet. Names are unique without regard to case. */
export async function createTeam({ tx, actor, deps, live }: WriteContext, { name }: { name: string }) {
  const id = await deps.numbers.next(actor.workspaceId, 'team')
  const made = await tx
    .insertInto('team')
    .values({ workspace_id: actor.workspaceId, id, name })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  await recordAudit(tx, deps.clock, actor, 'teamCreated', { teamId: id, name })
  live({ event: { type: 'members' }, seenBy: null })
  return { id, name, members: 0 }
}
