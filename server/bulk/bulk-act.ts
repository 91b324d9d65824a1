import type { BulkKind, BulkReason } from '#contract/bulk.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** A job as its act sees it. */
export interface Work {
  readonly deps: Pick<Deps, 'db' | 'files' | 'log' | 'clock' | 'jobs'>
  readonly workspaceId: number
  readonly jobId: number
  /** Who asked for it. */
  readonly by: ActivityActor
  /** What the kind needs to know beside the contacts, as it was given to `startJob`. */
  readonly wish: unknown
}

/** A contact for which it could not be done, and why. */
export interface Failure {
  readonly contactId: number
  readonly reason: BulkReason
  readonly survivorId: number | null
}

/** For everybody an act was asked for: what it needs is no longer there. */
export const notThere = (contactIds: readonly number[]): Outcome => ({
  touchedIds: [],
  failures: contactIds.map((contactId) => ({ contactId, reason: 'not-there', survivorId: null })),
  counts: {},
  unfinished: false,
})

/** Browsers that are told of more contacts at once ask for everything anyway. */
export const mostTold = 50

/** How much was done, by kind of thing; summed over all batches. */
export type Counts = Readonly<Record<string, number>>

export interface Outcome {
  /** Everybody it acted on, with those they had absorbed. */
  readonly touchedIds: readonly number[]
  readonly failures: readonly Failure[]
  readonly counts: Counts
  /** What hangs on these contacts is too much for one transaction: `carryOn` is called until nothing is left. */
  readonly unfinished: boolean
}

/**
 * What a kind of job does to its contacts. Everything happens in the transaction that also writes the progress, so that nothing
 * is done twice; whatever reaches beyond the database comes after it and is safe to repeat.
 */
export interface BulkAct {
  /** Does it to some contacts of the batch at this place. Those for whom it cannot be done are told of in the outcome. */
  readonly carryOut: (tx: Tx, work: Work, contactIds: readonly number[], place: number) => Promise<Outcome>
  /** Whoever works beside it gets so much of its time; what only reads is in nobody's way. */
  readonly restShare?: number
  /** So many batches at once, where one is written by us while the database works at another. */
  readonly lanes?: number
  readonly carryOn?: (
    tx: Tx,
    work: Work,
    touchedIds: readonly number[],
  ) => Promise<Pick<Outcome, 'counts' | 'unfinished'>>
  /** After each batch has been committed, with its place. */
  readonly afterBatch?: (work: Work, signal: AbortSignal, place: number) => Promise<void>
  /** Looks the whole over before it ends: how many kinds of rows it looked at, and how much was left. */
  readonly check?: (work: Work, signal: AbortSignal) => Promise<{ places: number; left: number }>
}

export type BulkActs = Readonly<Record<BulkKind, BulkAct>>
