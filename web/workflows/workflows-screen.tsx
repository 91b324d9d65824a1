import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Lock, Plus, Workflow as WorkflowIcon } from 'lucide-react'
import { lazy, useState } from 'react'
import type { WorkflowRow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { stateTones, triggerIcons, useWorkflowWords } from '../runs/shared.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { Pill } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useCapped } from './use-capped.ts'
import { usePublish } from './use-publish.ts'
import { WorkflowMenu } from './workflow-menu.tsx'
import css from './workflows.module.css'

const NameDialog = lazy(() => import('./name-dialog.tsx'))
const route = getRouteApi('/w/$workspace/workflows')

/** All workflows: whether they are in force, what contacts enter by, who is in them. */
export default function WorkflowsScreen() {
  const { t } = useLingui()
  const maySee = useCan('workflows.manage')
  useTitle(t`Workflows`)
  return (
    <Pane label={t`Workflows`} className={css.pane}>
      {maySee ? (
        <List />
      ) : (
        <Empty icon={Lock} level={1} title={t`You don't have access to workflows`}>
          <Trans>Only owners and managers can open this module.</Trans>
        </Empty>
      )}
    </Pane>
  )
}

function List() {
  const { t } = useLingui()
  const navigate = route.useNavigate()
  const workspace = useWorkspace().id
  const [isMaking, setMaking] = useState(false)
  const { data, error, refetch } = useQuery(api.workflows.list.queryOptions())
  const items = data?.items ?? []
  const make = (
    <Button look="primary" icon={Plus} onPress={() => setMaking(true)}>
      {t`New workflow…`}
    </Button>
  )
  return (
    <>
      <PaneHead className={css.head ?? ''}>
        <div className={css.title}>
          <h1>
            <Trans>Workflows</Trans>
          </h1>
          <p>
            <Trans>What is done by itself when something happens: greet, ask, tag, assign, tell another program.</Trans>
          </p>
        </div>
        {items.length > 0 && make}
      </PaneHead>
      <div className={css.scroll}>
        {error !== null && data === undefined ? (
          <ErrorState error={error} title={t`The workflows couldn't be loaded`} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <ul className={css.list} aria-busy="true">
            {[0, 1, 2].map((at) => (
              <li key={at} className={css.row}>
                <span className={css.pending}>
                  <Skeleton width={180} />
                  <Skeleton width={120} />
                </span>
              </li>
            ))}
          </ul>
        ) : items.length === 0 ? (
          <Empty icon={WorkflowIcon} level={2} title={t`No workflows yet`} action={make}>
            <Trans>The first one could greet whoever writes, and ask what it is about.</Trans>
          </Empty>
        ) : (
          <ul className={css.list} aria-label={t`Workflows`}>
            {items.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )}
      </div>
      {isMaking && (
        <LazyDialog onClose={() => setMaking(false)}>
          <NameDialog
            title={t`New workflow`}
            act={t({ message: 'Create', context: 'a workflow' })}
            name=""
            save={async (name) => {
              const made = await client.workflows.create({ name })
              void queryClient.invalidateQueries({ queryKey: api.workflows.list.key() })
              await navigate({
                to: '/w/$workspace/workflows/$workflowId',
                params: { workspace, workflowId: String(made.id) },
              })
            }}
            onClose={() => setMaking(false)}
          />
        </LazyDialog>
      )}
    </>
  )
}

function Row({ row }: { row: WorkflowRow }) {
  const { t } = useLingui()
  const { list } = useFormats()
  const { states, triggers } = useWorkflowWords()
  const workspace = useWorkspace().id
  const navigate = route.useNavigate()
  const to = { to: '/w/$workspace/workflows/$workflowId', params: { workspace, workflowId: String(row.id) } } as const
  const publish = usePublish(
    row.id,
    () => client.workflows.get({ workflowId: row.id }),
    () => void navigate(to),
  )
  const entered = list(row.triggers.map((kind) => triggers[kind].name))
  return (
    <li className={css.row}>
      <span className={css.mark}>
        <Icon of={row.triggers[0] === undefined ? WorkflowIcon : triggerIcons[row.triggers[0]]} />
      </span>
      <div className={css.words}>
        <p className={css.name}>
          <Link {...to} className={css.link}>
            <bdi>{row.name}</bdi>
          </Link>
        </p>
        <p className={css.note}>
          {entered === '' ? t`Nobody enters yet` : entered}
          {' · '}
          <Plural value={row.steps} one="# step" other="# steps" />
        </p>
      </div>
      <div className={css.state}>
        <Pill tone={stateTones[row.state]}>{states[row.state]}</Pill>
        {row.state === 'published' && row.hasChanges && (
          <span className={css.note}>
            <Trans>draft changed</Trans>
          </span>
        )}
      </div>
      <Counts row={row} />
      <div className={css.more}>
        <WorkflowMenu workflow={row} onPublish={() => publish.mutate()} />
      </div>
    </li>
  )
}

/** Who is in it and who was, and when somebody last entered. */
function Counts({ row }: { row: WorkflowRow }) {
  const { t } = useLingui()
  const shown = useCapped()
  const { running, ended, lastRunAt } = row
  const [inIt, over] = [shown(running), shown(ended)]
  if (lastRunAt === null)
    return (
      <p className={css.counts}>
        <Trans>Nobody entered yet</Trans>
      </p>
    )
  return (
    <div className={css.counts}>
      <p className={running > 0 ? css.running : undefined}>
        <Trans>{inIt} in it</Trans>
        {' · '}
        <Plural value={ended} one={`${over} ended`} other={`${over} ended`} />
      </p>
      <p>
        {t({ message: 'Last entry', context: 'into a workflow' })} <RelativeTime at={lastRunAt} />
      </p>
    </div>
  )
}
