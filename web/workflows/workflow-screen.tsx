import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import {
  ArrowLeft,
  Check,
  CircleAlert,
  CloudOff,
  Copy,
  Ellipsis,
  Lock,
  Pencil,
  Square,
  Trash2,
  Undo2,
} from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Workflow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { explain, fieldProblems } from '../api/explain.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { stateTones, useWorkflowWords } from '../runs/shared.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { Pane } from '../ui/pane.tsx'
import { Pill } from '../ui/pill.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { RunsTab } from './runs-tab.tsx'
import { showWorkflow } from './show-workflow.ts'
import { StepsTab } from './steps-tab.tsx'
import { useDraft, type DraftHold } from './use-draft.ts'
import css from './workflow.module.css'

const NameDialog = lazy(() => import('./name-dialog.tsx'))
const StopDialog = lazy(() => import('./stop-dialog.tsx'))
const RemoveDialog = lazy(() => import('./remove-dialog.tsx'))
const route = getRouteApi('/w/$workspace/workflows/$workflowId')

/** One workflow: its steps, written in place; and who is on their way through it. */
export default function WorkflowScreen() {
  const { t } = useLingui()
  const workflowId = Number(route.useParams().workflowId)
  const maySee = useCan('workflows.manage')
  const { data, error, refetch } = useQuery({
    ...api.workflows.get.queryOptions({ input: { workflowId } }),
    enabled: maySee,
  })
  useTitle(data?.name ?? t`Workflow`)
  return (
    <Pane label={t`Workflow`} isBusy={maySee && data === undefined && error === null} className={css.pane}>
      {!maySee ? (
        <Empty icon={Lock} level={1} title={t`You don't have access to workflows`}>
          <Trans>Only owners and managers can open this module.</Trans>
        </Empty>
      ) : data !== undefined ? (
        <Opened key={data.id} workflow={data} />
      ) : error === null ? (
        <Spinner />
      ) : (
        <ErrorState error={error} title={t`The workflow couldn't be loaded`} onRetry={() => void refetch()} />
      )}
    </Pane>
  )
}

function Opened({ workflow }: { workflow: Workflow }) {
  const { t } = useLingui()
  const { tab = 'steps' } = route.useSearch()
  const navigate = route.useNavigate()
  const hold = useDraft(workflow)
  return (
    <>
      <Head workflow={workflow} hold={hold} />
      <div className={css.tabs}>
        <Segmented
          label={t`What is shown`}
          value={tab}
          onChange={(picked) =>
            void navigate({ to: '.', search: { tab: picked === 'steps' ? undefined : picked }, replace: true })
          }
          choices={[
            { id: 'steps', name: t`Steps` },
            { id: 'runs', name: t`Runs`, count: workflow.running > 0 ? workflow.running : undefined },
          ]}
        />
        <SaveNote hold={hold} />
      </div>
      <div className={css.scroll}>
        {tab === 'steps' ? <StepsTab workflow={workflow} hold={hold} /> : <RunsTab workflow={workflow} />}
      </div>
    </>
  )
}

function Head({ workflow, hold }: { workflow: Workflow; hold: DraftHold }) {
  const { t } = useLingui()
  const { states } = useWorkflowWords()
  const navigate = route.useNavigate()
  const workspace = useWorkspace().id
  const [open, setOpen] = useState<'rename' | 'copy' | 'stop' | 'remove' | null>(null)
  const { id: workflowId, name, state } = workflow
  const close = () => setOpen(null)
  const publish = usePublish(workflow, hold)
  const isNothingNew = state === 'published' && !workflow.hasChanges && hold.state === 'saved'
  const toList = () => navigate({ to: '/w/$workspace/workflows', params: { workspace } })
  return (
    <header className={css.head}>
      <Link to="/w/$workspace/workflows" params={{ workspace }} className={css.back} aria-label={t`All workflows`}>
        <Icon of={ArrowLeft} flip />
      </Link>
      <div className={css.title}>
        <h1 className="trunc">
          <bdi>{name}</bdi>
        </h1>
        <Pill tone={stateTones[state]}>{states[state]}</Pill>
        {state === 'published' && workflow.hasChanges && (
          <span className={css.hint}>
            <Trans>The draft is another</Trans>
          </span>
        )}
      </div>
      <div className={css.acts}>
        <IconButton
          icon={Undo2}
          label={t`Undo`}
          disabledReason={hold.canUndo ? undefined : t`There is nothing to take back.`}
          onPress={hold.undo}
        />
        <Menu label={t`More`} trigger={<IconButton icon={Ellipsis} label={t`More`} />}>
          <MenuItem icon={Pencil} onAction={() => setOpen('rename')}>{t`Rename…`}</MenuItem>
          <MenuItem icon={Copy} onAction={() => setOpen('copy')}>{t`Duplicate…`}</MenuItem>
          <MenuItem
            icon={Square}
            onAction={() => setOpen('stop')}
            disabledReason={state === 'published' ? undefined : t`It is not published.`}
          >{t`Stop…`}</MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={Trash2} onAction={() => setOpen('remove')}>{t`Delete…`}</MenuItem>
        </Menu>
        <Button
          look="primary"
          isPending={publish.isPending}
          disabledReason={isNothingNew ? t`What is published is this.` : undefined}
          onPress={() => publish.mutate()}
        >
          {t({ message: 'Publish', context: 'a workflow' })}
        </Button>
      </div>
      <Suspense fallback={null}>
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
              await hold.settle()
              const copy = await client.workflows.duplicate({ workflowId, name: next })
              showWorkflow(copy)
              await navigate({
                to: '/w/$workspace/workflows/$workflowId',
                params: { workspace, workflowId: String(copy.id) },
                search: {},
              })
            }}
            onClose={close}
          />
        )}
        {open === 'stop' && <StopDialog workflow={workflow} onClose={close} />}
        {open === 'remove' && <RemoveDialog workflow={workflow} onClose={close} onRemoved={() => void toList()} />}
      </Suspense>
    </header>
  )
}

/** Saves what is left, then puts the draft in force; what stands against it is shown where it stands. */
function usePublish(workflow: Workflow, hold: DraftHold) {
  const { t, i18n } = useLingui()
  return useMutation({
    mutationFn: async () => {
      if (!(await hold.settle())) return null
      return client.workflows.publish({ workflowId: workflow.id, revision: hold.revision() })
    },
    onSuccess: (now) => {
      if (now === null) return
      showWorkflow(now)
      toast(t`Published`, { tone: 'ok' })
    },
    onError: (error) => {
      const problems = fieldProblems(error)
      if (problems.length > 0) hold.showProblems(problems)
      toastError(
        problems.length > 0
          ? t`Something is missing before it can be published. It is marked in the list.`
          : explain(error, i18n),
      )
    },
  })
}

function SaveNote({ hold }: { hold: DraftHold }) {
  const { t } = useLingui()
  const { state } = hold
  const notes = {
    saved: { icon: Check, words: t`Saved` },
    saving: { icon: null, words: t`Saving…` },
    refused: { icon: CircleAlert, words: t`Not saved: something can't be kept as it is` },
    failed: { icon: CloudOff, words: t`Not saved: no answer. It is kept in this browser.` },
    stale: { icon: CircleAlert, words: t`Not saved: somebody else has changed it` },
  }
  const { icon, words } = notes[state]
  return (
    <p role="status" className={css.saved} data-state={state}>
      {icon !== null && <Icon of={icon} size={14} />}
      {words}
    </p>
  )
}
