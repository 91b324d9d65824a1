import { ORPCError } from '@orpc/server'
import type { MergePlan, UndoPlan } from '#contract/merging.ts'

/** Ends an act with what would happen now, in place of what was agreed to. */
export function outdated(plan: MergePlan | UndoPlan): never {
  const message = 'These contacts changed meanwhile. Here is what would happen now.'
  throw new ORPCError('OUTDATED', { status: 409, message, data: { plan } })
}
