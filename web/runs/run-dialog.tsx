import { useLingui } from '@lingui/react/macro'
import type { Run } from '#contract/workflows.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { RunSteps } from './run-steps.tsx'
import { useRunWords } from './run-words.ts'
import css from './runs.module.css'

/** One way through a workflow, with what happened at each step. */
export default function RunDialog(props: { run: Run; onStop: (() => void) | undefined; onClose: () => void }) {
  const { t } = useLingui()
  const { stateOf, begunBy } = useRunWords()
  const { run, onStop, onClose } = props
  const { words, tone } = stateOf(run)
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={run.workflow.name}
      actions={
        <>
          {onStop !== undefined && run.state !== 'ended' && (
            <Button size="lg" look="dangerGhost" onPress={onStop}>{t`Stop it here`}</Button>
          )}
          <Button size="lg" onPress={onClose}>{t`Close`}</Button>
        </>
      }
    >
      <p className={css.state}>
        <StatusDot tone={tone}>{words}</StatusDot>
        <span className={css.quiet}>{begunBy(run)}</span>
      </p>
      <RunSteps runId={run.id} />
    </Dialog>
  )
}
