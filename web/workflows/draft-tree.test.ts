import { expect, test } from 'vitest'
import { everyStep } from '#contract/workflow-steps.ts'
import type { Step } from '#contract/workflows.ts'
import { copyStep, insertStep, levelOf, makeStep, moveStep, removeStep, slotOf, toSend } from './draft-tree.ts'
import { placeProblems } from './place-problems.ts'

const leaf = (id: string): Step => ({ id, kind: 'open' })
const branch = (id: string, first: Step[], otherwise: Step[] = []): Step => ({
  id,
  kind: 'branch',
  arms: [{ name: '', filter: { and: [] }, values: [], steps: first }],
  otherwise,
})
const steps = [leaf('a'), branch('b', [leaf('c')], []), leaf('d')]
const read = (list: readonly Step[]) =>
  everyStep(list).map(({ path, step }) => `${path.replaceAll('steps', 's')} ${step.id}`)

test('a step moves as the lists are read: over, into and out of others, and back the same way', () => {
  let now: readonly Step[] = steps
  const places = [slotOf(now, 'a')]
  for (let turn = 0; turn < 5; turn++) {
    now = moveStep(now, 'a', 1)
    places.push(slotOf(now, 'a'))
  }
  expect(places).toEqual([
    { list: 'steps', at: 0 },
    { list: 'steps.0.arms.0.steps', at: 0 },
    { list: 'steps.0.arms.0.steps', at: 1 },
    { list: 'steps.0.otherwise', at: 0 },
    { list: 'steps', at: 1 },
    { list: 'steps', at: 2 },
  ])
  // there is no further place
  expect(moveStep(now, 'a', 1)).toEqual(now)
  for (let turn = 0; turn < 5; turn++) now = moveStep(now, 'a', -1)
  expect(now).toEqual(steps)
})

test('nothing is moved deeper than steps may lie', () => {
  const deep = branch('1', [branch('2', [branch('3', [])])])
  const two = [branch('x', [leaf('y')]), deep]
  let now: readonly Step[] = two
  for (let turn = 0; turn < 12; turn++) {
    now = moveStep(now, 'x', 1)
    expect(everyStep(now).every(({ path }) => levelOf(path.slice(0, path.lastIndexOf('.'))) <= 4)).toBe(true)
  }
  expect(read(now).at(-1)).toBe('s.1.arms.0.s.0 y')
})

test('a copy has ids and names of its own, all the way down', () => {
  const ask = { ...makeStep('ask', [], 'respuesta'), unanswered: [leaf('open1')] } as Step
  const copied = insertStep([ask], { list: 'steps', at: 1 }, copyStep(ask, [ask]))
  expect(everyStep(copied).map(({ step }) => step.id)).toEqual(['ask1', 'open1', 'ask2', 'open2'])
  expect(copied.map((step) => 'as' in step && step.as)).toEqual(['respuesta', 'respuesta2'])
  expect(removeStep(copied, 'open2').map((step) => 'unanswered' in step && step.unanswered.length)).toEqual([1, 0])
})

test('rows that are not filled in yet are not sent', () => {
  const ask = { ...makeStep('ask', [], 'a'), choices: ['Sí', ' ', ''] } as Step
  const http = {
    ...makeStep('http', [], 'a'),
    headers: [{ name: '', value: '', secret: false }],
    save: [{ path: 'id', as: '' }],
  } as Step
  expect(toSend([branch('b', [ask, http])])).toMatchObject([
    { arms: [{ steps: [{ choices: ['Sí'] }, { headers: [], save: [] }] }] },
  ])
})

test('each problem stands at the innermost step that it is about', () => {
  const problem = (path: string) => ({ path, reason: 'missing', message: '' })
  const placed = placeProblems({ triggers: [], steps }, [
    problem('draft.triggers'),
    problem('draft.steps.1.arms.0.filter'),
    problem('draft.steps.1.arms.0.steps.0.body.text'),
    problem('draft.steps.2'),
  ])
  expect(placed.ofTriggers.map(({ path }) => path)).toEqual([''])
  expect(placed.ofStep('steps.1').map(({ path }) => path)).toEqual(['arms.0.filter'])
  expect(placed.ofStep('steps.1.arms.0.steps.0').map(({ path }) => path)).toEqual(['body.text'])
  expect(placed.ofStep('steps.2').map(({ path }) => path)).toEqual([''])
})
