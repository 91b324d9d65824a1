import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, Check, CircleAlert, CloudOff, Lock, Undo2 } from 'lucide-react'
import type { Workflow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { stateTones, useWorkflowWords } from '../runs/shared.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Pane } from '../ui/pane.tsx'
import { Pill } from '../ui/pill.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toastError } from '../ui/toast-store.ts'
import type { OpenDraft } from './open-draft.ts'
import { RunsTab } from './runs-tab.tsx'
import { StepsTab } from './steps-tab.tsx'
import { useCapped } from './use-capped.ts'
import { ChoicesContext, useChoices } from './use-choices.ts'
import { useDraft, type DraftHold } from './use-draft.ts'
import { usePublish } from './use-publish.ts'
import { WorkflowMenu } from './workflow-menu.tsx'
import css from './workflow.module.css'

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
  const capped = useCapped()
  const choices = useChoices()
  return (
    <ChoicesContext value={choices}>
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
            { id: 'runs', name: t`Runs`, count: workflow.running > 0 ? capped(workflow.running) : undefined },
          ]}
        />
        <SaveNote hold={hold} />
      </div>
      <div className={css.scroll}>
        {tab === 'steps' ? <StepsTab workflow={workflow} hold={hold} /> : <RunsTab workflow={workflow} />}
      </div>
    </ChoicesContext>
  )
}

function Head({ workflow, hold: { held, now } }: { workflow: Workflow; hold: DraftHold }) {
  const { t } = useLingui()
  const { states } = useWorkflowWords()
  const navigate = route.useNavigate()
  const workspace = useWorkspace().id
  const { id: workflowId, name, state } = workflow
  const publish = usePublish(
    workflowId,
    async () => ((await held.settle()) ? { revision: held.revision(), problems: held.shown().problems } : null),
    held.showProblems,
  )
  const discard = useDiscard(workflow, held)
  const isAnother = workflow.hasChanges || now.state !== 'saved'
  return (
    <header className={css.head}>
      <Link to="/w/$workspace/workflows" params={{ workspace }} className={css.back} aria-label={t`All workflows`}>
        <Icon of={ArrowLeft} flip />
      </Link>
      <div className={css.title}>
        <div className={css.named}>
          <h1 className="trunc">
            <bdi>{name}</bdi>
          </h1>
          <Pill tone={stateTones[state]}>{states[state]}</Pill>
        </div>
        <p className={css.hint}>
          <InForce workflow={workflow} isAnother={isAnother} />
        </p>
      </div>
      <div className={css.acts}>
        <IconButton
          icon={Undo2}
          label={t`Undo`}
          disabledReason={now.canUndo ? undefined : t`There is nothing to take back.`}
          onPress={held.undo}
        />
        <WorkflowMenu
          workflow={workflow}
          settle={held.settle}
          onDiscard={workflow.version !== null && isAnother ? discard.mutate : undefined}
          onRemoved={() => void navigate({ to: '/w/$workspace/workflows', params: { workspace } })}
        />
        <Button
          look="primary"
          isPending={publish.isPending}
          disabledReason={state === 'published' && !isAnother ? t`What is published is this.` : undefined}
          onPress={() => publish.mutate()}
        >
          {t({ message: 'Publish', context: 'a workflow' })}
        </Button>
      </div>
    </header>
  )
}

/** What of the workflow holds for contacts now, and how the draft beneath stands to it. */
function InForce({ workflow, isAnother }: { workflow: Workflow; isAnother: boolean }) {
  const { t } = useLingui()
  const { date } = useFormats()
  const { version, publishedAt, publishedBy, state } = workflow
  if (version === null || publishedAt === null) return t`A draft: nobody enters until it is published.`
  const when = date(publishedAt)
  const who = publishedBy ?? t`somebody`
  if (state === 'stopped') return t`Nobody enters: it was stopped. Version ${version} is from ${when}.`
  if (isAnother) return t`Version ${version} is in force; the changes below are not, until you publish them.`
  return t`Version ${version} is in force, published on ${when} by ${who}.`
}

/** Takes the draft back to what is published; the way back is the undo. */
function useDiscard({ id: workflowId, version }: Workflow, held: OpenDraft) {
  const { i18n } = useLingui()
  return useMutation({
    mutationFn: () => client.workflows.version({ workflowId, version: version ?? 1 }),
    onSuccess: ({ definition }) => held.change(definition),
    onError: (error) => toastError(explain(error, i18n)),
  })
}

function SaveNote({ hold }: { hold: DraftHold }) {
  const { t } = useLingui()
  const { state } = hold.now
  const notes = {
    saved: { icon: Check, words: t`Saved` },
    saving: { icon: null, words: t`Saving…` },
    refused: { icon: CircleAlert, words: t`Not saved: something can't be kept as it is` },
    failed: { icon: CloudOff, words: t`Not saved: no answer. It is kept in this browser.` },
    stale: { icon: CircleAlert, words: t`Not saved: somebody else has changed it` },
    gone: { icon: CircleAlert, words: t`Not saved: you can no longer change this workflow` },
  }
  const { icon, words } = notes[state]
  return (
    <p role="status" className={css.saved} data-state={state}>
      {icon !== null && <Icon of={icon} size={14} />}
      {words}
    </p>
  )
}
