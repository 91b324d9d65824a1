import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { WorkflowRow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useCapped } from './use-capped.ts'

/** Asks before a workflow goes for good. */
export default function RemoveDialog(props: { workflow: WorkflowRow; onClose: () => void; onRemoved: () => void }) {
  const { t, i18n } = useLingui()
  const { workflow, onClose } = props
  const { name, running } = workflow
  const many = useCapped()(running)
  const remove = useMutation({
    mutationFn: () => client.workflows.remove({ workflowId: workflow.id }),
    onSuccess: () => {
      props.onRemoved()
      void queryClient.invalidateQueries({ queryKey: api.workflows.list.key() })
    },
  })
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onClose}
      title={t`Delete ${name}`}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="danger" isPending={remove.isPending} onPress={() => remove.mutate()}>
            {t`Delete the workflow`}
          </Button>
        </>
      }
    >
      <p>
        {running > 0 ? (
          <Plural
            value={running}
            one={`${many} contact is in it and stops where it is.`}
            other={`${many} contacts are in it and stop where they are.`}
          />
        ) : (
          <Trans>Nobody is in it.</Trans>
        )}{' '}
        <Trans>What it did stays in the records. This can't be undone.</Trans>
      </p>
      {remove.error !== null && (
        <Banner tone="danger" live>
          {explain(remove.error, i18n)}
        </Banner>
      )}
    </Dialog>
  )
}
