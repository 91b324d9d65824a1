// pure
import { listsIn } from '#contract/workflow-steps.ts'
import type { Step } from '#contract/workflows.ts'

/** Where a run goes on; null: it has come to its end. */
export type Place = string | null

export interface Stop {
  readonly step: Step
  /** Behind the step, and behind what it holds. */
  readonly next: Place
  /** Where each list of steps that it holds begins, by its path: `arms.0.steps`; an empty one begins behind the step. */
  readonly into: Readonly<Record<string, Place>>
}

/** The steps of a workflow as runs walk them. */
export interface Program {
  readonly first: Place
  /** In their order: what follows a step stands behind it. */
  readonly stops: ReadonlyMap<string, Stop>
}

export function makeProgram(steps: readonly Step[]): Program {
  const stops = new Map<string, Stop>()
  const walk = (list: readonly Step[], behind: Place): Place => {
    let next = behind
    for (const step of list.toReversed()) {
      const after = next
      const into = Object.fromEntries(listsIn(step).map((held) => [held.path, walk(held.steps, after)]))
      stops.set(step.id, { step, next: after, into })
      next = step.id
    }
    return next
  }
  return { first: walk(steps, null), stops: new Map([...stops].toReversed()) }
}
