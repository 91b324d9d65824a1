import { createContext, use } from 'react'
import type { StepKind } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import type { Slot } from './draft-tree.ts'
import type { PlacedProblems } from './place-problems.ts'

/** What the parts of a workflow's list can do with it. */
export interface Builder {
  readonly workflowId: number
  readonly placed: PlacedProblems
  /** Of the step or trigger that is open. */
  readonly openId: string | null
  readonly setOpen: (id: string | null) => void
  readonly add: (kind: StepKind, slot: Slot) => void
  readonly change: (step: Step) => void
  readonly move: (id: string, by: -1 | 1) => void
  /** Within its list, before another of it or, null, to its end. */
  readonly place: (id: string, before: string | null) => void
  readonly copy: (id: string) => void
  readonly remove: (id: string) => void
  readonly mayMove: (id: string, by: -1 | 1) => boolean
  /** Why no step can be added at this depth. */
  readonly full: (list: string) => string | undefined
  readonly settle: () => Promise<boolean>
}

export const BuilderContext = createContext<Builder | null>(null)

export const useBuilder = (): Builder => use(BuilderContext)!
