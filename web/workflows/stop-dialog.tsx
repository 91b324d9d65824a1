import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkflowRow } from '#contract/workflows.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { RadioGroup } from '../ui/radio-group.tsx'
import { showWorkflow } from './show-workflow.ts'
import { useCapped } from './use-capped.ts'

/** Asks what becomes of those who are in a workflow that is stopped. */
export default function StopDialog({ workflow, onClose }: { workflow: WorkflowRow; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [runs, setRuns] = useState<'finish' | 'stop'>('finish')
  const { id: workflowId, running } = workflow
  const many = useCapped()(running)
  const stop = useMutation({
    mutationFn: () => client.workflows.stop({ workflowId, runs }),
    onSuccess: (now) => {
      showWorkflow(now)
      onClose()
    },
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Stop the workflow`}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="danger" isPending={stop.isPending} onPress={() => stop.mutate()}>
            {t`Stop the workflow`}
          </Button>
        </>
      }
    >
      <p>
        <Trans>Nobody enters it any more. You can publish it again at any time.</Trans>
      </p>
      {running > 0 && (
        <RadioGroup
          label={<Plural value={running} one={`${many} contact is in it`} other={`${many} contacts are in it`} />}
          value={runs}
          onChange={setRuns}
          choices={[
            { value: 'finish', name: t`They go on to its end` },
            { value: 'stop', name: t`They stop where they are`, note: t`It cannot be taken back.` },
          ]}
        />
      )}
      {stop.error !== null && (
        <Banner tone="danger" live>
          {explain(stop.error, i18n)}
        </Banner>
      )}
    </Dialog>
  )
}
