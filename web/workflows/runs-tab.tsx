import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, CircleStop, Footprints } from 'lucide-react'
import { useState } from 'react'
import { everyStep } from '#contract/workflow-steps.ts'
import type { Run, Workflow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { RunSteps, useRunWords, useStopRun, watchMs, type StepTelling } from '../runs/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { showWorkflow } from './show-workflow.ts'
import { useStepSummary } from './step-summary.ts'
import { useCapped } from './use-capped.ts'
import css from './workflow.module.css'

/** Who is in a workflow and who was, each with what happened at each step. */
export function RunsTab({ workflow }: { workflow: Workflow }) {
  const { t } = useLingui()
  const { id: workflowId, running, cleared } = workflow
  const capped = useCapped()
  const [state, setState] = useState<'all' | 'active' | 'ended'>('all')
  const list = useInfiniteQuery({
    ...api.workflows.runs.infiniteOptions({
      input: (cursor: string | null) => ({ workflowId, cursor, limit: 30, ...(state === 'all' ? {} : { state }) }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
    // of what goes on step by step only the contact's own record is told at once
    refetchInterval: running > 0 ? watchMs : false,
  })
  const runs = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className={css.page}>
      <Refused workflow={workflow} />
      <div className={css.runsHead}>
        <Segmented
          label={t`Which runs`}
          value={state}
          onChange={setState}
          choices={[
            { id: 'all', name: t({ message: 'All', context: 'runs' }) },
            { id: 'active', name: t`Going on`, count: running > 0 ? capped(running) : undefined },
            { id: 'ended', name: t({ message: 'Ended', context: 'runs' }) },
          ]}
        />
        {running > 0 && <StopAll workflow={workflow} />}
      </div>
      {list.error !== null && list.data === undefined ? (
        <ErrorState error={list.error} title={t`The runs couldn't be loaded`} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Spinner />
      ) : runs.length === 0 && (cleared.runs === 0 || state === 'active') ? (
        <Empty icon={Footprints} level={2} title={t`Nobody here`}>
          <Trans>Whoever enters the workflow appears here, with what happens at each step.</Trans>
        </Empty>
      ) : (
        <>
          <ul className={css.runs} aria-label={t`Runs`}>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
              <Trans>Show more</Trans>
            </Button>
          )}
          {!list.hasNextPage && state !== 'active' && cleared.runs > 0 && (
            <p className={css.cleared}>
              <Plural
                value={cleared.runs}
                one="# more ended over 90 days ago, and is kept as a number only."
                other="# more ended over 90 days ago, and are kept as numbers only."
              />
            </p>
          )}
        </>
      )}
    </div>
  )
}

function RunRow({ run }: { run: Run }) {
  const { t } = useLingui()
  const { stateOf, begunBy } = useRunWords()
  const [isOpen, setOpen] = useState(false)
  const stop = useStopRun()
  const workspace = useWorkspace().id
  const { contact } = run
  const { words, tone } = stateOf(run)
  const name = contact.displayName ?? t`Nameless contact`
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <button
          type="button"
          className={css.toggle}
          aria-expanded={isOpen}
          aria-controls={`run-${run.id}`}
          onClick={() => setOpen(!isOpen)}
        >
          <Avatar id={contact.id} name={contact.displayName} size={28} />
          <span className={css.words}>
            <bdi className={css.name}>{name}</bdi>
            <span className={css.summary}>{begunBy(run)}</span>
          </span>
          <span className={css.runState}>
            <StatusDot tone={tone}>{words}</StatusDot>
          </span>
          <Icon of={ChevronRight} className={css.chevron} flip />
        </button>
        {run.state !== 'ended' && (
          <IconButton size="sm" icon={CircleStop} label={t`Stop it for ${name}`} onPress={() => stop.mutate(run.id)} />
        )}
      </div>
      {isOpen && (
        <div id={`run-${run.id}`} className={css.cardBody}>
          <Told run={run} />
          <Link
            to="/w/$workspace/contacts/{-$contactId}"
            params={{ workspace, contactId: contact.id }}
            className={css.link}
          >
            <Trans>Open the contact's record</Trans>
          </Link>
        </div>
      )}
    </li>
  )
}

/** What happened, with what the version that the run began with says of its steps. */
function Told({ run }: { run: Run }) {
  const summaryOf = useStepSummary()
  const { id: workflowId, version } = run.workflow
  const { data } = useQuery({
    ...api.workflows.version.queryOptions({ input: { workflowId, version } }),
    staleTime: Infinity,
  })
  const steps = new Map(everyStep(data?.definition.steps ?? []).map(({ step }) => [step.id, step]))
  const telling: StepTelling = {
    summaryOf: (stepId) => {
      const step = steps.get(stepId)
      return step === undefined || step.kind === 'branch' ? '' : summaryOf(step)
    },
    wayOf: (stepId, arm) => {
      const step = steps.get(stepId)
      return step?.kind === 'branch' ? (step.arms[arm]?.name.trim() ?? '') : ''
    },
  }
  return <RunSteps runId={run.id} telling={telling} />
}

/** Who did not enter, and why not. */
function Refused({ workflow: { refused } }: { workflow: Workflow }) {
  const { count, at } = refused
  if (at === null) return null
  return (
    <Banner tone="warn">
      <Plural
        value={count}
        one="# contact did not enter: workflows set one another off, or it entered too often."
        other="# contacts did not enter: workflows set one another off, or they entered too often."
      />{' '}
      <RelativeTime at={at} as="moment" />
    </Banner>
  )
}

function StopAll({ workflow }: { workflow: Workflow }) {
  const { t, i18n } = useLingui()
  const [isAsked, setAsked] = useState(false)
  const { running } = workflow
  const many = useCapped()(running)
  const stop = useMutation({
    mutationFn: () => client.workflows.stopRuns({ workflowId: workflow.id }),
    onSuccess: (now) => {
      showWorkflow(now)
      toast(t({ message: 'Stopped', context: 'a run' }), { tone: 'ok' })
      setAsked(false)
    },
    onError: (error) => toastError(explain(error, i18n)),
  })
  return isAsked ? (
    <span className={css.sure}>
      <Plural value={running} one={`Stop it for ${many} contact?`} other={`Stop it for ${many} contacts?`} />
      <Button size="sm" look="danger" isPending={stop.isPending} onPress={() => stop.mutate()}>
        {t({ message: 'Stop', context: 'runs' })}
      </Button>
      <Button size="sm" onPress={() => setAsked(false)}>{t`Cancel`}</Button>
    </span>
  ) : (
    <Button size="sm" look="dangerGhost" icon={CircleStop} onPress={() => setAsked(true)}>
      <Trans>Stop all…</Trans>
    </Button>
  )
}
