import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { CircleStop, Plus, Workflow } from 'lucide-react'
import { lazy, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Run } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { explain, reasonOf } from '../api/explain.ts'
import { useCan } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { useRunWords } from './run-words.ts'
import css from './runs.module.css'
import { useStopRun } from './use-stop-run.ts'

const RunDialog = lazy(() => import('./run-dialog.tsx'))

/** The workflows that a contact is in, and was in: seen, stopped and begun from its record. Nothing where there are none. */
export function ContactRuns({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { id: contactId } = contact
  const { has, startable: isStartable } = contact.workflows
  const [isPast, setPast] = useState(false)
  // the record has told whether there is anything to ask for
  const active = useQuery({
    ...api.workflows.runsOfContact.queryOptions({ input: { contactId, state: 'active', limit: 50 } }),
    enabled: has,
  })
  const ended = useInfiniteQuery({
    ...api.workflows.runsOfContact.infiniteOptions({
      input: (cursor: string | null) => ({ contactId, state: 'ended' as const, cursor, limit: 10 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
    enabled: has,
  })
  const mayStart = useCan('workflowRuns.start') && contact.blocked === null && isStartable
  const [isChoosing, setChoosing] = useState(false)
  const startable = useQuery({ ...api.workflows.startable.queryOptions(), enabled: isChoosing }).data?.items ?? []
  const [shown, setShown] = useState<number | null>(null)
  const stop = useStopRun()
  const start = useStart(contactId)
  const running = active.data?.items ?? []
  const past = ended.data?.pages.flatMap(({ items }) => items) ?? []
  const open = [...running, ...past].find(({ id }) => id === shown)
  if (running.length === 0 && past.length === 0 && !mayStart) return null
  return (
    <section className={css.section} aria-label={t`Workflows`}>
      <header className={css.head}>
        <h3>
          <Trans>Workflows</Trans>
        </h3>
        {mayStart && (
          <Menu
            label={t`Start a workflow`}
            onOpenChange={setChoosing}
            trigger={<IconButton size="sm" icon={Plus} label={t`Start a workflow`} />}
          >
            {startable.map(({ id, name }) => (
              <MenuItem key={id} id={id} icon={Workflow} onAction={() => start.mutate(id)}>
                {name}
              </MenuItem>
            ))}
          </Menu>
        )}
      </header>
      <ul className={css.list}>
        {running.map((run) => (
          <RunLine key={run.id} run={run} onOpen={() => setShown(run.id)} onStop={() => stop.mutate(run.id)} />
        ))}
        {isPast && past.map((run) => <RunLine key={run.id} run={run} onOpen={() => setShown(run.id)} />)}
      </ul>
      {running.length === 0 && !isPast && (
        <p className={css.quiet}>
          <Trans>In none at the moment.</Trans>
        </p>
      )}
      {past.length > 0 && !isPast && (
        <Button size="sm" look="ghost" className={css.more} onPress={() => setPast(true)}>
          <Trans>Show earlier ones</Trans>
        </Button>
      )}
      {isPast && ended.hasNextPage && (
        <Button
          size="sm"
          look="ghost"
          className={css.more}
          isPending={ended.isFetchingNextPage}
          onPress={() => void ended.fetchNextPage()}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
      {open !== undefined && (
        <LazyDialog onClose={() => setShown(null)}>
          <RunDialog run={open} onStop={() => stop.mutate(open.id)} onClose={() => setShown(null)} />
        </LazyDialog>
      )}
    </section>
  )
}

function RunLine({ run, onOpen, onStop }: { run: Run; onOpen: () => void; onStop?: () => void }) {
  const { t } = useLingui()
  const { stateOf } = useRunWords()
  const { words, tone } = stateOf(run)
  const { name } = run.workflow
  return (
    <li>
      <button type="button" className={css.line} onClick={onOpen}>
        <Icon of={Workflow} />
        <span className={css.lineWords}>
          <bdi className="trunc">{name}</bdi>
          <StatusDot tone={tone}>{words}</StatusDot>
        </span>
      </button>
      {onStop !== undefined && (
        <IconButton size="sm" icon={CircleStop} label={t`Stop ${name} for this contact`} onPress={onStop} />
      )}
    </li>
  )
}

function useStart(contactId: number) {
  const { t, i18n } = useLingui()
  return useMutation({
    mutationFn: (workflowId: number) => client.workflows.start({ contactId, workflowId }),
    onSuccess: ({ workflow: { name } }) => toast(t`${name} has begun`, { tone: 'ok' }),
    onError: (error) => {
      const reasons: Record<string, string> = {
        running: t`The contact is in this workflow already.`,
        conditions: t`The conditions of this workflow don't hold for the contact.`,
        blocked: t`The contact is blocked.`,
        'not-published': t`This workflow is no longer published.`,
        'not-manual': t`This workflow is no longer started by hand.`,
      }
      toastError(reasons[reasonOf(error) ?? ''] ?? explain(error, i18n))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.workflows.key() }),
  })
}
