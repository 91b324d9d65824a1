import type { Step } from '#contract/workflows.ts'
import { branch } from './steps/branch.ts'
import { assign, close, open } from './steps/conversation.ts'
import { field, lifecycle } from './steps/field.ts'
import { tag } from './steps/tag.ts'
import { wait } from './steps/wait.ts'
import { done, failed, type StepAct } from './stepping.ts'

type AnyAct = StepAct<Step['kind'], unknown>

const acts: { readonly [Kind in Step['kind']]?: unknown } = {
  wait,
  branch,
  assign,
  tag,
  field,
  lifecycle,
  open,
  close,
  stop: { carryOut: async (_at, _step, stop) => done(stop) } satisfies StepAct<'stop'>,
}

const unable: AnyAct = { carryOut: async (_at, _step, stop) => failed(stop, 'unknown-step') }

/** How a step of this kind is carried out. */
export const actOf = (step: Step): AnyAct => (acts[step.kind] as AnyAct | undefined) ?? unable
