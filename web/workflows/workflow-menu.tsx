import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { CircleStop, Copy, Ellipsis, Pencil, Rocket, Trash2, Undo2 } from 'lucide-react'
import { lazy, useState } from 'react'
import type { WorkflowRow } from '#contract/workflows.ts'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { showWorkflow } from './show-workflow.ts'

const NameDialog = lazy(() => import('./name-dialog.tsx'))
const StopDialog = lazy(() => import('./stop-dialog.tsx'))
const RemoveDialog = lazy(() => import('./remove-dialog.tsx'))

/** What can be done with a workflow as a whole. */
export function WorkflowMenu(props: {
  workflow: WorkflowRow
  /** Offered here where no button stands beside. */
  onPublish?: () => void
  /** Offered where the draft is another than what is published. */
  onDiscard?: (() => void) | undefined
  /** Saves what is being written, before a copy is made of it. */
  settle?: () => Promise<unknown>
  onRemoved?: () => void
}) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const [open, setOpen] = useState<'rename' | 'copy' | 'stop' | 'remove' | null>(null)
  const { workflow, onPublish, onDiscard } = props
  const { id: workflowId, name, state } = workflow
  const isInForce = state === 'published' && !workflow.hasChanges
  const close = () => setOpen(null)
  const label = t`Actions for ${name}`
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} tooltip="none" />}>
        {onPublish !== undefined && (
          <MenuItem
            id="publish"
            icon={Rocket}
            onAction={onPublish}
            disabledReason={isInForce ? t`What is published is this.` : undefined}
          >
            {t({ message: 'Publish', context: 'a workflow' })}
          </MenuItem>
        )}
        <MenuItem id="rename" icon={Pencil} onAction={() => setOpen('rename')}>{t`Rename…`}</MenuItem>
        <MenuItem id="copy" icon={Copy} onAction={() => setOpen('copy')}>{t`Duplicate…`}</MenuItem>
        {onDiscard !== undefined && (
          <MenuItem id="discard" icon={Undo2} onAction={onDiscard}>{t`Back to what is published`}</MenuItem>
        )}
        <MenuItem
          id="stop"
          icon={CircleStop}
          onAction={() => setOpen('stop')}
          disabledReason={state === 'published' ? undefined : t`It is not published.`}
        >{t`Stop…`}</MenuItem>
        <MenuSeparator />
        <MenuItem id="remove" danger icon={Trash2} onAction={() => setOpen('remove')}>{t`Delete…`}</MenuItem>
      </Menu>
      <LazyDialog onClose={close}>
        {open === 'rename' && (
          <NameDialog
            title={t`Rename the workflow`}
            act={t`Save`}
            name={name}
            save={(next) => client.workflows.rename({ workflowId, name: next }).then(showWorkflow)}
            onClose={close}
          />
        )}
        {open === 'copy' && (
          <NameDialog
            title={t`Duplicate the workflow`}
            act={t`Duplicate`}
            name={t`${name} (copy)`}
            save={async (next) => {
              await props.settle?.()
              const copy = await client.workflows.duplicate({ workflowId, name: next })
              showWorkflow(copy)
              await navigate({
                to: '/w/$workspace/workflows/$workflowId',
                params: { workspace, workflowId: String(copy.id) },
              })
            }}
            onClose={close}
          />
        )}
        {open === 'stop' && <StopDialog workflow={workflow} onClose={close} />}
        {open === 'remove' && (
          <RemoveDialog
            workflow={workflow}
            onClose={close}
            onRemoved={() => {
              close()
              props.onRemoved?.()
            }}
          />
        )}
      </LazyDialog>
    </>
  )
}
