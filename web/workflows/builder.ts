import { createContext, use } from 'react'
import type { StepKind } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import type { Slot } from './draft-tree.ts'
import type { PlacedProblems } from './place-problems.ts'

/** What the parts of a workflow's list can do with it; the same from one keystroke to the next. */
export interface Builder {
  readonly workflowId: number
  readonly setOpen: (id: string | null) => void
  /** Gives the focus to a step, a trigger, `add-step` or `add-trigger`, once it is drawn. */
  readonly focus: (id: string) => void
  readonly add: (kind: StepKind, slot: Slot) => void
  readonly change: (step: Step) => void
  readonly move: (id: string, by: -1 | 1) => void
  /** Within its list, before another of it or, null, to its end. */
  readonly place: (id: string, before: string | null) => void
  readonly copy: (id: string) => void
  readonly remove: (id: string) => void
  readonly settle: () => Promise<boolean>
}

/** How the list stands. */
export interface BuilderView {
  readonly placed: PlacedProblems
  /** Of the step or trigger that is open. */
  readonly openId: string | null
  /** Somebody has tried to publish it: what is empty is at fault. */
  readonly isAsked: boolean
  /** Where the outermost list ends. */
  readonly lastPath: string
  /** Why no step can be added to a list. */
  readonly full: (list: string) => string | undefined
}

export const BuilderContext = createContext<Builder | null>(null)
export const BuilderViewContext = createContext<BuilderView | null>(null)

export const useBuilder = (): Builder => use(BuilderContext)!
export const useBuilderView = (): BuilderView => use(BuilderViewContext)!
