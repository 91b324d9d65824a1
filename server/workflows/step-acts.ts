import type { Step } from '#contract/workflows.ts'
import { ask } from './steps/ask.ts'
import { branch } from './steps/branch.ts'
import { assign, close, open } from './steps/conversation.ts'
import { field, lifecycle } from './steps/field.ts'
import { http } from './steps/http.ts'
import { send } from './steps/send.ts'
import { tag } from './steps/tag.ts'
import { wait } from './steps/wait.ts'
import { done, type StepAct } from './stepping.ts'

type AnyAct = StepAct<Step['kind'], unknown>

const acts: { readonly [Kind in Step['kind']]: unknown } = {
  send,
  ask,
  wait,
  http,
  branch,
  assign,
  tag,
  field,
  lifecycle,
  open,
  close,
  stop: { carryOut: async (_at, _step, stop) => done(stop) } satisfies StepAct<'stop'>,
}

/** How a step of this kind is carried out. */
export const actOf = (step: Step): AnyAct => acts[step.kind] as AnyAct
