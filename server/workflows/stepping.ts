import type { Selectable } from 'kysely'
import type { StepOutcome } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import type { LockedState } from '../conversations/lock-state.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { WorkflowRun } from '../db/tables.ts'
import type { FilterContext } from '../contacts/filter/filter-plan.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import type { Version } from './load-version.ts'
import type { Place, Stop } from './program.ts'

/** A run that is being taken on, its contact locked. */
export interface Stepping {
  readonly tx: Tx
  readonly deps: Deps
  readonly now: Date
  readonly workspaceId: number
  readonly run: Selectable<WorkflowRun>
  readonly values: Readonly<Record<string, string>>
  /** The contact as it stands. */
  readonly state: LockedState
  /** What a step has changed of that. */
  readonly become: (change: Partial<LockedState>) => void
  readonly filters: () => Promise<FilterContext>
  readonly version: Version
  readonly by: ActivityActor
  /** Whether a request to this host may be made by this process just now. */
  readonly mayCall: (host: string) => boolean
  /** Told to browsers on commit. */
  readonly tell: (notice: Omit<LiveNotice, 'workspaceId'>) => void
}

/** What is kept of a step beside its outcome: see `RunStep`. */
export interface StepData {
  readonly messageId?: number
  readonly arm?: number
  readonly status?: number
  readonly until?: string
  readonly values?: Readonly<Record<string, string>>
  /** Questions sent so far. */
  readonly asked?: number
}

/** What became of a step: it is over and the run goes on at `next`, or it waits. */
export type Stepped =
  | {
      readonly over: true
      readonly outcome: Exclude<StepOutcome, 'waiting'>
      readonly reason?: string | null
      readonly data?: StepData
      readonly next: Place
      readonly attempts?: number
    }
  | {
      readonly over: false
      readonly state: 'ready' | 'waiting' | 'asking' | 'calling'
      readonly until: Date
      readonly data?: StepData
      readonly attempts?: number
    }

/** A run that is about to be taken on, its contact not locked yet. */
export type Before = Omit<Stepping, 'tx' | 'deps' | 'state' | 'become' | 'tell' | 'mayCall'>

/** One kind of step. */
export type StepAct<Kind extends Step['kind'], Held = undefined> = StepRules<Kind, Held> &
  (
    | { readonly carryOut: (at: Stepping, step: StepOf<Kind>, stop: Stop, held: Held) => Promise<Stepped> }
    | {
        /**
         * Of several runs at once, each of another contact, with statements as for one. What it holds is the same for all, and it
         * refuses nothing where there are several.
         */
        readonly together: (
          all: readonly Stepping[],
          step: StepOf<Kind>,
          stop: Stop,
          held: Held,
        ) => Promise<readonly Stepped[]>
      }
  )

interface StepRules<Kind extends Step['kind'], Held> {
  /** Holds what must be held before the contact is locked. */
  readonly hold?: (tx: Tx, deps: Deps, at: Before, step: StepOf<Kind>) => Promise<Held>
  /**
   * That may be done some steps before, as it has nothing to do with what they change, and once for many runs; and what follows is
   * always the same.
   */
  readonly aheadToo?: boolean
  /** It needs no holding, and what follows is always the same. */
  readonly goesOn?: boolean
}

export type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>

export const done = (stop: Stop, data: StepData = {}): Stepped => ({
  over: true,
  outcome: 'done',
  data,
  next: stop.next,
})

/** There was nothing to do. */
export const skipped = (stop: Stop, reason: string): Stepped => ({
  over: true,
  outcome: 'skipped',
  reason,
  next: stop.next,
})

/** It could not be done; the run goes on. */
export const failed = (stop: Stop, reason: string, data: StepData = {}): Stepped => ({
  over: true,
  outcome: 'failed',
  reason,
  data,
  next: stop.next,
})
