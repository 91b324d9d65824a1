import { forMember, reading } from '../http/endpoint.ts'
import { getDashboard } from './get-dashboard.ts'

export const dashboardRoutes = {
  get: forMember.dashboard.get.handler(reading(getDashboard)),
}
