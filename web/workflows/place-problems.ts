import type { FieldProblem } from '#contract/errors.ts'
import { everyStep } from '#contract/workflow-steps.ts'
import type { Definition } from '#contract/workflows.ts'

/** What is wrong with a part, by where in it: '' for the whole of it. */
export type PartProblems = readonly FieldProblem[]

export interface PlacedProblems {
  readonly all: PartProblems
  /** Of the steps as a whole, such as that there are none. */
  readonly ofSteps: PartProblems
  /** The same of the triggers. */
  readonly ofTriggers: PartProblems
  readonly ofTrigger: (at: number) => PartProblems
  /** Of a step itself, not of those it holds; paths below the step. */
  readonly ofStep: (path: string) => PartProblems
}

/** Sorts what the server says of a draft to where it stands. Pure. */
export function placeProblems({ steps }: Definition, problems: readonly FieldProblem[]): PlacedProblems {
  const paths = everyStep(steps).map(({ path }) => path)
  const placed = problems.map((problem) => {
    const path = problem.path.replace(/^draft\./, '')
    const owner = paths
      .filter((one) => path === one || path.startsWith(`${one}.`))
      .toSorted((a, b) => b.length - a.length)[0]
    const trigger = /^triggers\.\d+/.exec(path)?.[0]
    const of = owner ?? trigger ?? (path.startsWith('triggers') ? 'triggers' : 'steps')
    return { of, problem: { ...problem, path: path === of ? '' : path.slice(of.length + 1) } }
  })
  const of = (part: string) => placed.flatMap((one) => (one.of === part ? [one.problem] : []))
  return {
    all: problems,
    ofSteps: of('steps'),
    ofTriggers: of('triggers'),
    ofTrigger: (at) => of(`triggers.${at}`),
    ofStep: of,
  }
}

/** The first that is said of a field, or of something within it. */
export const problemAt = (problems: PartProblems, path: string): FieldProblem | undefined =>
  problems.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`))
