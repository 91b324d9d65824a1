import type { Ratio, Run } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'

/** Measures on a stage with so many at once. */
export type Scenario = (stage: Stage, concurrency: number) => Promise<{ runs: Run[]; ratios: Ratio[] }>
