import { ORPCError } from '@orpc/client'

/** The plan that holds now, where an act was refused because the one that was shown no longer does. */
export function outdatedPlan(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'OUTDATED') return null
  return (error.data as { plan: unknown }).plan
}
