import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { History, SearchX } from 'lucide-react'
import { lazy, useState } from 'react'
import type { MergeEntry } from '#contract/merging.ts'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useTyped } from '../ui/use-typed.ts'
import { VirtualList } from '../ui/virtual-list.tsx'
import { groupByDay } from './group-by-day.ts'
import css from './merge-history.module.css'
import { MergeHistoryItem } from './merge-history-item.tsx'
import { MergeHistorySkeleton } from './merge-history-skeleton.tsx'

const UndoDialog = lazy(() => import('./undo-dialog.tsx'))
const route = getRouteApi('/w/$workspace/contacts/merge-history')
const anyone = 0

/** Every merge there ever was, by day, with what was chosen, what moved and what became of it. */
export default function MergeHistoryScreen() {
  const { t } = useLingui()
  const { day, number } = useFormats()
  const { q = '', by, contact } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: { q?: string | undefined; by?: string | undefined; contact?: string | undefined }) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace: true })
  const { data: counts } = useQuery(api.merging.counts.queryOptions())
  const list = useInfiniteQuery(
    api.merging.history.infiniteOptions({
      input: (cursor: string | null) => ({
        cursor,
        limit: 40,
        ...(q === '' ? {} : { q }),
        ...(by === undefined ? {} : { memberId: Number(by) }),
        ...(contact === undefined ? {} : { contactId: Number(contact) }),
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
      placeholderData: (previous) => previous,
    }),
  )
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? []
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const [undoing, setUndoing] = useState<MergeEntry | null>(null)
  const isNarrowed = q !== '' || by !== undefined || contact !== undefined
  const total = counts?.merges ?? 0
  const many = `${number(1000)}+`
  useTitle(t`Merge history`)
  return (
    <Pane label={t`Merge history`} isBusy={list.isPending} className={css.pane}>
      <PaneHead className={css.head ?? ''}>
        <div className={css.title}>
          <h1>
            <Trans>Merge history</Trans>
          </h1>
          {total > 0 && (
            <span className={css.total}>
              {total >= 1000 ? t`${many} merges` : <Plural value={total} one="# merge" other="# merges" />}
            </span>
          )}
        </div>
        <Search q={q} onChange={(typed) => change({ q: typed || undefined })} />
        <WhoSelect by={by} onChange={(memberId) => change({ by: memberId })} />
      </PaneHead>
      {contact !== undefined && (
        <p className={css.only}>
          <Trans>Only those of contact {contact}.</Trans>{' '}
          <Button look="ghost" size="sm" onPress={() => change({ contact: undefined })}>
            <Trans>Show all</Trans>
          </Button>
        </p>
      )}
      {list.error !== null && list.data === undefined ? (
        <ErrorState error={list.error} title={t`The history couldn't be loaded`} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <MergeHistorySkeleton />
      ) : entries.length > 0 ? (
        <VirtualList
          label={t`Merge history`}
          items={groupByDay(entries, day)}
          keyOf={(item) => (item.kind === 'day' ? item.day : item.entry.id)}
          rowHeight={72}
          padding={{ start: 0, end: 32 }}
          className={css.list ?? ''}
          onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
          foot={list.isFetchingNextPage && <Spinner />}
          renderRow={(item) =>
            item.kind === 'day' ? (
              <h2 className={css.day}>{item.day}</h2>
            ) : (
              <MergeHistoryItem
                entry={item.entry}
                isOpen={open.has(item.entry.id)}
                onToggle={(isOpen) => {
                  const { id } = item.entry
                  setOpen((now) => new Set(isOpen ? [...now, id] : [...now].filter((one) => one !== id)))
                }}
                onUndo={() => setUndoing(item.entry)}
              />
            )
          }
        />
      ) : isNarrowed ? (
        <Empty
          icon={SearchX}
          level={2}
          title={q === '' ? t`Nothing found` : t`Nothing for “${q}”`}
          action={
            <Button onPress={() => change({ q: undefined, by: undefined, contact: undefined })}>
              <Trans>Show all</Trans>
            </Button>
          }
        />
      ) : (
        <Empty icon={History} level={2} title={t`No merges yet`}>
          <Trans>Each merge stays here for good, and can be undone at any time.</Trans>
        </Empty>
      )}
      {undoing !== null && (
        <LazyDialog onClose={() => setUndoing(null)}>
          <UndoDialog mergeId={undoing.id} onClose={() => setUndoing(null)} />
        </LazyDialog>
      )}
    </Pane>
  )
}

function Search({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useTyped(q, onChange)
  return (
    <SearchField label={t`Search by contact or ID`} value={typed} onChange={setTyped} className={css.search ?? ''} />
  )
}

function WhoSelect({ by, onChange }: { by: string | undefined; onChange: (by: string | undefined) => void }) {
  const { t } = useLingui()
  const { compare } = useFormats()
  const { data: members } = useQuery(api.members.list.queryOptions())
  const people = (members?.items ?? []).toSorted((one, other) => compare(one.name, other.name))
  return (
    <Select
      aria-label={t`Merged by`}
      value={by === undefined ? anyone : Number(by)}
      onChange={(picked) => onChange(picked === anyone ? undefined : String(picked))}
      choices={[{ id: anyone, name: t`Anyone` }, ...people.map(({ id, name }) => ({ id, name }))]}
      className={css.by ?? ''}
    />
  )
}
