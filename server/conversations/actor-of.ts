import type { Access } from '#contract/policy.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import type { Actor } from '../http/endpoint.ts'

/** A member's doing as the history names it: by hand or by token. */
export const activityActor = ({ via, memberId }: Pick<Actor, 'via' | 'memberId'>): ActivityActor => ({
  type: via,
  id: memberId,
})

/** On whose behalf a message goes: what they may begin, and how the thread and the history name them. */
export interface Sender extends Pick<Access, 'role' | 'restrictions'> {
  readonly workspaceId: number
  readonly by: ActivityActor & { readonly type: 'member' | 'api' | 'workflow' }
}

export const senderOf = (actor: Actor): Sender => ({
  workspaceId: actor.workspaceId,
  role: actor.role,
  restrictions: actor.restrictions,
  by: { type: actor.via, id: actor.memberId },
})
