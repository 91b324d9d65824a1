/**
 * Why an outgoing request has no answer. The one thing a sender must know is whether the other side may have acted on it:
 * - `refused`: the address is not one we call; nothing left
 * - `unreachable`: no connection came about; nothing left
 * - `unanswered`: it was sent, wholly or in part, and the answer did not come: it may have been acted on
 * - `too-large`, `encoded`: it was answered with more, or in another form, than we take
 */
export type OutgoingProblem = 'refused' | 'unreachable' | 'unanswered' | 'too-large' | 'encoded'

export class OutgoingFailure extends Error {
  override readonly name = 'OutgoingFailure'
  readonly problem: OutgoingProblem
  readonly timedOut: boolean

  constructor(
    problem: OutgoingProblem,
    message: string,
    { timedOut = false, cause }: { timedOut?: boolean; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.problem = problem
    this.timedOut = timedOut
  }
}
