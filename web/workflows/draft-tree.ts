import { everyStep, listsIn } from '#contract/workflow-steps.ts'
import { mostLevels, type StepKind } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'

/** A place where a step can stand: in the list at a path (`steps`, `steps.2.arms.0.steps`), before the one at `at`. */
export interface Slot {
  readonly list: string
  readonly at: number
}

/** The same step with its inner lists made anew. Pure, as all of these are. */
export function withLists(step: Step, change: (steps: Step[], path: string) => Step[]): Step {
  if (step.kind === 'ask') return { ...step, unanswered: change(step.unanswered, 'unanswered') }
  if (step.kind === 'http') return { ...step, failed: change(step.failed, 'failed') }
  if (step.kind !== 'branch') return step
  return {
    ...step,
    arms: step.arms.map((arm, at) => ({ ...arm, steps: change(arm.steps, `arms.${at}.steps`) })),
    otherwise: change(step.otherwise, 'otherwise'),
  }
}

/** Puts other steps in the place of one: itself changed, several, none. */
export const replaceStep = (steps: readonly Step[], id: string, by: (step: Step) => readonly Step[]): Step[] =>
  steps.flatMap((step) => (step.id === id ? [...by(step)] : [withLists(step, (inner) => replaceStep(inner, id, by))]))

export const removeStep = (steps: readonly Step[], id: string): Step[] => replaceStep(steps, id, () => [])

export function insertStep(steps: readonly Step[], { list, at }: Slot, step: Step, path = 'steps'): Step[] {
  if (path === list) return steps.toSpliced(at, 0, step)
  return steps.map((one, place) =>
    withLists(one, (inner, below) => insertStep(inner, { list, at }, step, `${path}.${place}.${below}`)),
  )
}

/** Where a step stands. */
export function slotOf(steps: readonly Step[], id: string): Slot | null {
  const path = everyStep(steps).find(({ step }) => step.id === id)?.path
  if (path === undefined) return null
  const end = path.lastIndexOf('.')
  return { list: path.slice(0, end), at: Number(path.slice(end + 1)) }
}

/** Steps within steps that one brings along: 1 where it holds none. */
const heightOf = (step: Step): number =>
  1 + Math.max(0, ...listsIn(step).flatMap(({ steps }) => steps.map((inner) => heightOf(inner))))

/** Every place, in the order in which the lists are read, each with how deep it lies. */
export const slotsIn = (steps: readonly Step[], list = 'steps', level = 1): (Slot & { readonly level: number })[] => [
  ...steps.flatMap((step, at) => [
    { list, at, level },
    ...listsIn(step).flatMap((inner) => slotsIn(inner.steps, `${list}.${at}.${inner.path}`, level + 1)),
  ]),
  { list, at: steps.length, level },
]

/**
 * Moves a step one place up or down as the lists are read: over its neighbour, into a list of it, out of the one it is in. The
 * same steps where there is no further place.
 */
export function moveStep(steps: readonly Step[], id: string, by: -1 | 1): readonly Step[] {
  const from = slotOf(steps, id)
  const step = everyStep(steps).find((one) => one.step.id === id)?.step
  if (from === null || step === undefined) return steps
  const rest = removeStep(steps, id)
  const height = heightOf(step)
  const slots = slotsIn(rest).filter(({ level }) => level + height - 1 <= mostLevels)
  const to = slots[slots.findIndex(({ list, at }) => list === from.list && at === from.at) + by]
  return to === undefined ? steps : insertStep(rest, to, step)
}

/** Puts a step before another of its list; null: at its end. */
export function placeStep(steps: readonly Step[], id: string, before: string | null): Step[] {
  const from = slotOf(steps, id)
  const step = everyStep(steps).find((one) => one.step.id === id)?.step
  if (from === null || step === undefined) return [...steps]
  const rest = removeStep(steps, id)
  const at = before === null ? undefined : slotOf(rest, before)?.at
  return insertStep(rest, { list: from.list, at: at ?? Infinity }, step)
}

/** How deep a list lies; 1 is the outermost. */
export const levelOf = (list: string): number =>
  list.split('.').filter((part) => isNaN(Number(part)) && part !== 'arms').length

/** An id that no step has. */
export function freshId(steps: readonly Step[], kind: StepKind): string {
  const taken = new Set(everyStep(steps).map(({ step }) => step.id))
  for (let number = 1; ; number++) if (!taken.has(`${kind}${number}`)) return `${kind}${number}`
}

/** Names under which answers and replies are known, in the order in which they come. */
export const valueNames = (steps: readonly Step[]): string[] =>
  everyStep(steps).flatMap(({ step }) =>
    step.kind === 'ask' ? [step.as] : step.kind === 'http' ? step.save.map(({ as }) => as) : [],
  )

function freshName(steps: readonly Step[], word: string): string {
  const taken = new Set(valueNames(steps))
  for (let number = 1; ; number++) {
    const name = number === 1 ? word : `${word}${number}`
    if (!taken.has(name)) return name
  }
}

/** A step of a kind as it begins. `word`: what its first value is called. */
export function makeStep(kind: StepKind, steps: readonly Step[], word: string): Step {
  const id = freshId(steps, kind)
  switch (kind) {
    case 'send':
      return { id, kind, channelId: null, body: { type: 'text', text: '', subject: null } }
    case 'ask':
      return {
        id,
        kind,
        channelId: null,
        question: '',
        answer: 'text',
        choices: [],
        as: freshName(steps, word),
        saveTo: null,
        again: null,
        retries: 2,
        timeoutMinutes: 24 * 60,
        unanswered: [],
      }
    case 'wait':
      return { id, kind, amount: 1, unit: 'days' }
    case 'branch':
      return { id, kind, arms: [{ name: '', filter: { and: [] }, values: [], steps: [] }], otherwise: [] }
    case 'assign':
      return { id, kind, to: { kind: 'nobody' }, onlyUnassigned: false }
    case 'tag':
      return { id, kind, add: [], remove: [] }
    case 'field':
      return { id, kind, field: 'firstName', value: null }
    case 'lifecycle':
      return { id, kind, stageId: null }
    case 'close':
      return { id, kind, category: null, summary: null }
    case 'http':
      return {
        id,
        kind,
        method: 'POST',
        url: 'https://',
        headers: [],
        body: null,
        timeoutSeconds: 10,
        save: [],
        failed: [],
      }
    case 'open':
    case 'stop':
      return { id, kind }
  }
}

/** A copy of a step and of all it holds, under ids and value names of its own. */
export function copyStep(step: Step, steps: readonly Step[]): Step {
  const made: Step[] = [...steps]
  const copy = (one: Step): Step => {
    const fresh = { ...one, id: freshId(made, one.kind) }
    if (fresh.kind === 'ask') fresh.as = freshName(made, fresh.as)
    if (fresh.kind === 'http') fresh.save = fresh.save.map((each) => ({ ...each, as: freshName(made, each.as) }))
    // what is made counts as taken; its inner steps come next
    made.push(withLists(fresh, () => []))
    return withLists(fresh, (inner) => inner.map(copy))
  }
  return copy(step)
}

/** Without the rows that somebody has begun and not filled in: those are kept on the screen only. */
export const toSend = (steps: readonly Step[]): Step[] =>
  steps.map((step) => {
    const whole = withLists(step, toSend)
    if (whole.kind === 'ask')
      return { ...whole, choices: whole.choices.map((choice) => choice.trim()).filter((choice) => choice !== '') }
    if (whole.kind === 'http')
      return {
        ...whole,
        headers: whole.headers.filter(({ name }) => name.trim() !== ''),
        save: whole.save.filter(({ path, as }) => path.trim() !== '' && as.trim() !== ''),
      }
    if (whole.kind !== 'branch') return whole
    return {
      ...whole,
      arms: whole.arms.map((arm) => ({ ...arm, values: arm.values.filter(({ name }) => name !== '') })),
    }
  })
