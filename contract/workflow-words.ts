/*
 * What workflows are made of, apart from their shapes: the screen needs these words and no schema library.
 */

/** What a contact can enter a workflow by. */
export const triggerKinds = [
  'conversationOpened',
  'conversationClosed',
  'tagAdded',
  'tagRemoved',
  'fieldChanged',
  'lifecycleChanged',
  'manual',
  'webhook',
] as const
export type TriggerKind = (typeof triggerKinds)[number]

/** What a workflow can do, in the order in which a screen offers it. */
export const stepKinds = [
  'send',
  'ask',
  'wait',
  'branch',
  'assign',
  'tag',
  'field',
  'lifecycle',
  'open',
  'close',
  'http',
  'stop',
] as const
export type StepKind = (typeof stepKinds)[number]

/** What an answer must be to be taken. */
export const answerKinds = ['text', 'choice', 'number', 'email', 'phone', 'date'] as const

/** In a whole workflow, those within others counted too. */
export const mostSteps = 100
/** Steps within steps: the outermost are the first level. */
export const mostLevels = 4
export const mostTriggers = 10
/** Of a workspace. */
export const mostWorkflows = 200
/** A wait lasts at most so many days. */
export const mostWaitDays = 365

/** How a run ended. `error`: a step could not be done however often it was tried. */
export const runEnds = [
  'finished',
  'stopStep',
  'stopped',
  'workflowStopped',
  'workflowRemoved',
  'blocked',
  'merged',
  'error',
] as const
export type RunEnd = (typeof runEnds)[number]

/**
 * What became of a step. `waiting`: not over. `skipped`: there was nothing to do, `reason` says why. `failed`: it could not be
 * done, the run went on. `unknown`: it may have been done, and it is not known.
 */
export const stepOutcomes = ['waiting', 'done', 'skipped', 'failed', 'unknown'] as const
export type StepOutcome = (typeof stepOutcomes)[number]
