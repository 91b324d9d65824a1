import { forMember, reading } from '../http/endpoint.ts'
import { listActivity } from './list-activity.ts'
import { listAudit } from './list-audit.ts'

export const activityRoutes = {
  ofContact: forMember.activity.ofContact.handler(reading(listActivity)),
}

export const auditRoutes = {
  list: forMember.audit.list.handler(reading(listAudit)),
}
