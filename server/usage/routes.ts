import { forMember, reading } from '../http/endpoint.ts'
import { getUsage } from './get-usage.ts'

export const usageRoutes = {
  get: forMember.usage.get.handler(reading(getUsage)),
}
