import { forMember, reading } from '../http/endpoint.ts'
import { listActivity } from './list-activity.ts'

export const activityRoutes = {
  ofContact: forMember.activity.ofContact.handler(reading(listActivity)),
}
