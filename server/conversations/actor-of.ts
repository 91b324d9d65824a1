import type { ActivityActor } from '../activity/record-activity.ts'
import type { Actor } from '../http/endpoint.ts'

/** A member's doing as the history names it: by hand or by token. */
export const activityActor = ({ via, memberId }: Pick<Actor, 'via' | 'memberId'>): ActivityActor => ({
  type: via,
  id: memberId,
})
