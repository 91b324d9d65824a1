import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import { api, client } from '../api/client.ts'
import { toast } from '../ui/toast-store.ts'
import { explainLifecycle } from './explain-lifecycle.ts'
import { RemoveCountedDialog } from './remove-counted-dialog.tsx'
import { askLifecycleAgain } from './use-stages.ts'

/** Asks for the number of contacts that stand in the stage before it goes for good. */
export function RemoveStageDialog({ stage, onClose }: { stage: LifecycleStage; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: stageId, name } = stage
  return (
    <RemoveCountedDialog
      title={<Trans>Delete the stage “{name}”</Trans>}
      confirm={t`Delete the stage`}
      counting={api.lifecycle.count.queryOptions({ input: { stageId } })}
      nobody={<Trans>Nobody is in it. This can't be undone.</Trans>}
      losing={(contacts) =>
        t`${plural(contacts, { one: "# contact will be in no stage. This can't be undone.", other: "# contacts will be in no stage. This can't be undone." })}`
      }
      remove={(contacts) => client.lifecycle.remove({ stageId, contacts })}
      explain={(error) => explainLifecycle(error, i18n)}
      onDone={() => {
        askLifecycleAgain()
        toast(t`Stage “${name}” deleted`, { tone: 'ok' })
      }}
      onClose={onClose}
    />
  )
}
