/** What other slices show of contacts on their way through workflows. */
export { ContactRuns } from './contact-runs.tsx'
export { RunSteps, type StepTelling } from './run-steps.tsx'
export { useRunWords, watchMs } from './run-words.ts'
export { StoppingNote } from './stopping-note.tsx'
export { useStopRun } from './use-stop-run.ts'
export { stateTones, stepIcons, triggerIcons, useWorkflowWords } from './workflow-words.ts'
