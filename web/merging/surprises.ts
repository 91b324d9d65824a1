import type { MergePlan } from '#contract/merging.ts'

/**
 * Whether a merge does something that nobody would guess from the two contacts: it ends a workflow, keeps one of them from
 * being written to because another wants that, or forgets that they were told apart.
 */
export function surprises({ absorbed, result, runsStopped, toldApart }: MergePlan): boolean {
  const spreads = result.optOuts.some(({ contactIds }) => contactIds.length <= absorbed.length)
  return runsStopped.length > 0 || spreads || toldApart.length > 0
}
