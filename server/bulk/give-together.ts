import { sql } from 'kysely'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import { findNames } from '../contacts/find-names.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** A contact whose state is locked, and who is to have it: a member who will see it, held, or nobody. */
export interface Given {
  readonly contactId: number
  readonly from: number | null
  readonly conversationId: number | null
  readonly to: { readonly memberId: number; readonly name: string; readonly teamId: number | null } | null
}

/** Gives contacts to others than who has them, and writes so in their history. */
export async function giveTogether(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  workspaceId: number,
  given: readonly Given[],
  by: ActivityActor,
): Promise<void> {
  if (given.length === 0) return
  const one = sql`unnest(${given.map(({ contactId }) => contactId)}::bigint[],
    ${given.map(({ conversationId }) => conversationId)}::bigint[], ${given.map(({ to }) => to?.memberId ?? null)}::bigint[],
    ${given.map(({ to }) => to?.teamId ?? null)}::bigint[]) one (contact_id, conversation_id, member_id, team_id)`
  await sql`
    with stated as (
      update contact_state s set assignee_id = one.member_id, team_id = one.team_id from ${one}
      where s.workspace_id = ${workspaceId} and s.contact_id = one.contact_id
    ), talks as (
      update conversation c set assignee_id = one.member_id,
        last_assigned_at = case when one.member_id is null then c.last_assigned_at else now() end
      from ${one} where c.workspace_id = ${workspaceId} and c.id = one.conversation_id
    )
    update contact c set version = version + 1, own = jsonb_set(own, '{assignee}',
      jsonb_build_object('value', one.member_id::text, 'origin', null, 'version', version + 1))
    from ${one} where c.workspace_id = ${workspaceId} and c.id = one.contact_id and c.own is not null`.execute(tx)
  const names = await findNames(
    tx,
    workspaceId,
    given.map(({ from }) => from),
    [],
  )
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    given.map(({ contactId, from, to }) => ({
      contactId,
      kind: to === null ? 'unassigned' : 'assigned',
      actor: by,
      data: {
        from: from === null ? null : { memberId: from, name: names.member(from) ?? '' },
        to: to === null ? null : { memberId: to.memberId, name: to.name },
      },
    })),
  )
}
