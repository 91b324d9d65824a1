import { useLingui } from '@lingui/react/macro'
import { useState, type RefObject } from 'react'
import { everyStep } from '#contract/workflow-steps.ts'
import type { StepKind } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import { useWorkflowWords } from '../runs/shared.ts'
import { offerUndo } from '../ui/undo.ts'
import type { Builder } from './builder.ts'
import { copyStep, insertStep, makeStep, moveStep, placeStep, removeStep, replaceStep, slotOf } from './draft-tree.ts'
import type { OpenDraft } from './open-draft.ts'

interface Surroundings {
  readonly workflowId: number
  readonly held: OpenDraft
  /** The step that is to have the focus once it is drawn. */
  readonly focusOn: RefObject<string | null>
  readonly setOpen: (id: string | null) => void
  /** Where a step is by now, for who hears it. */
  readonly say: (words: string) => void
}

interface Words {
  readonly value: string
  readonly nameOf: (kind: StepKind) => string
  readonly place: (name: string, number: number) => string
  readonly undo: Parameters<typeof offerUndo>[0]
}

/**
 * What is done to the steps of a draft. Made once and working on the draft as it is then, so that a letter typed into one step
 * leaves the others alone.
 */
export function useBuilderActs(around: Surroundings): Builder {
  const { t } = useLingui()
  const { steps: names } = useWorkflowWords()
  const words: Words = {
    value: t({ message: 'answer', context: 'the name of a value' }),
    nameOf: (kind) => names[kind].name,
    place: (name, number) => t`${name}: place ${number} of its list`,
    undo: { done: t`Step removed`, undo: t`Undo`, undoing: t`Undoing…` },
  }
  const [acts] = useState(() => makeActs(around, words))
  return acts
}

function makeActs({ workflowId, held, focusOn, setOpen, say }: Surroundings, words: Words): Builder {
  const steps = () => held.shown().draft.steps
  const write = (next: readonly Step[], part?: string) => held.change({ ...held.shown().draft, steps: [...next] }, part)
  const stepOf = (id: string) => everyStep(steps()).find(({ step }) => step.id === id)?.step
  const put = (id: string, next: readonly Step[]) => {
    if (next === steps()) return
    write(next)
    const step = stepOf(id)
    if (step !== undefined) say(words.place(words.nameOf(step.kind), (slotOf(next, id)?.at ?? 0) + 1))
  }
  return {
    workflowId,
    setOpen,
    focus: (id) => (focusOn.current = id),
    settle: held.settle,
    change: (step) =>
      write(
        replaceStep(steps(), step.id, () => [step]),
        step.id,
      ),
    add: (kind, slot) => {
      const step = makeStep(kind, steps(), words.value)
      focusOn.current = step.id
      write(insertStep(steps(), slot, step))
      setOpen(step.id)
    },
    move: (id, by) => {
      focusOn.current = id
      put(id, moveStep(steps(), id, by))
    },
    place: (id, before) => put(id, placeStep(steps(), id, before)),
    copy: (id) => {
      const [step, slot] = [stepOf(id), slotOf(steps(), id)]
      if (step === undefined || slot === null) return
      const made = copyStep(step, steps())
      focusOn.current = made.id
      write(insertStep(steps(), { ...slot, at: slot.at + 1 }, made))
    },
    remove: (id) => {
      const [step, slot] = [stepOf(id), slotOf(steps(), id)]
      if (step === undefined || slot === null) return
      const order = everyStep(steps()).map((one) => one.step.id)
      const next = removeStep(steps(), id)
      const left = new Set(everyStep(next).map((one) => one.step.id))
      const at = order.indexOf(id)
      focusOn.current =
        order.slice(at).find((one) => left.has(one)) ??
        order.slice(0, at).findLast((one) => left.has(one)) ??
        'add-step'
      write(next)
      setOpen(null)
      offerUndo(words.undo, () => {
        focusOn.current = id
        write(insertStep(steps(), slot, step))
        return Promise.resolve()
      })
    },
  }
}
