import type { Step } from './workflows.ts'

/*
 * Apart from the shapes: the screen needs it and no schema library.
 */

/** Every list of steps that a step holds, with its path below the step. */
export function listsIn(one: Step): { path: string; steps: readonly Step[] }[] {
  if (one.kind === 'ask') return [{ path: 'unanswered', steps: one.unanswered }]
  if (one.kind === 'http') return [{ path: 'failed', steps: one.failed }]
  if (one.kind !== 'branch') return []
  const arms = one.arms.map(({ steps }, at) => ({ path: `arms.${at}.steps`, steps }))
  return [...arms, { path: 'otherwise', steps: one.otherwise }]
}

/** All steps, those within others too, in the order in which they are read, each with its path. */
export const everyStep = (steps: readonly Step[], path = 'steps'): { path: string; step: Step }[] =>
  steps.flatMap((step, at) => [
    { path: `${path}.${at}`, step },
    ...listsIn(step).flatMap((list) => everyStep(list.steps, `${path}.${at}.${list.path}`)),
  ])
