import { sees } from '#contract/policy.ts'
import type { Actor, Reader } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** The live contact behind an id, for a member who sees it; 404 for everybody else. */
export async function findVisibleContact(
  db: Reader,
  actor: Actor,
  contactId: number,
): Promise<{ contactId: number; readUpTo: number | null }> {
  const found = await db
    .selectFrom('contact as asked')
    .innerJoin('contact_state as state', (join) =>
      join
        .onRef('state.workspace_id', '=', 'asked.workspace_id')
        .on('state.contact_id', '=', (eb) => eb.fn.coalesce('asked.root_id', 'asked.id')),
    )
    .leftJoin('read_mark', (join) =>
      join
        .onRef('read_mark.workspace_id', '=', 'state.workspace_id')
        .onRef('read_mark.contact_id', '=', 'state.contact_id')
        .on('read_mark.member_id', '=', actor.memberId),
    )
    .select((eb) => [
      'state.contact_id as contactId',
      'state.assignee_id as assigneeId',
      'state.team_id as teamId',
      // 0 is a mark before every message: nothing is read
      eb.fn<number | null>('nullif', ['read_mark.read_id', eb.lit(0)]).as('readUpTo'),
    ])
    .where('asked.workspace_id', '=', actor.workspaceId)
    .where('asked.id', '=', contactId)
    .executeTakeFirst()
  return found !== undefined && sees(actor, found) ? found : fail('NOT_FOUND')
}
