import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { MessageSquarePlus, Search } from 'lucide-react'
import { lazy, useRef, useState, type KeyboardEvent } from 'react'
import { api } from '../api/client.ts'
import { useCommands } from '../app/commands.ts'
import { ErrorState } from '../app/page-states.tsx'
import { withMergeWords } from '../i18n/locale.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useTyped } from '../ui/use-typed.ts'
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx'
import { ConversationRow } from './conversation-row.tsx'
import css from './conversation-list.module.css'
import { FilterMenu } from './filter-menu.tsx'
import { ListEmpty } from './list-empty.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { listQuery } from './conversation-queries.ts'
import type { InboxAddress } from './use-inbox-address.ts'

const NewConversation = lazy(() => withMergeWords(() => import('./new-conversation.tsx')))

/** The list of conversations: which ones, narrowed how, found by what. */
export function ConversationList({ address }: { address: InboxAddress }) {
  const { t } = useLingui()
  const counts = useQuery(api.conversations.counts.queryOptions()).data
  const list = useInfiniteQuery(listQuery(address))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const handle = useRef<VirtualListHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<number | null>(null)
  const [isStarting, setStarting] = useState(false)
  const startNew = () => setStarting(true)
  const shown = rows.some((row) => row.contactId === (stop ?? address.contactId)) ? (stop ?? address.contactId) : null
  const tabStop = shown ?? rows[0]?.contactId ?? null

  /** Puts the focus on a row, bringing it into view first. */
  const focus = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    setStop(row.contactId)
    handle.current?.show(rows.indexOf(row))
    const find = () => box.current?.querySelector<HTMLElement>(`[data-contact="${row.contactId}"]`)?.focus()
    requestAnimationFrame(() => requestAnimationFrame(find))
  }
  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.contactId === tabStop)
    const isInside = box.current?.contains(document.activeElement) ?? false
    focus(isInside || shown !== null ? at + by : 0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (to === 1 || to === -1) step(to)
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(rows.length - 1)
    else return
    event.preventDefault()
  }
  const { isSearching, search, openSearch, closeSearch } = useListSearch(address)
  useCommands([
    { id: 'inbox-next', title: t`Next conversation`, group: t`Inbox`, keys: 'j', onlyKey: true, run: () => step(1) },
    {
      id: 'inbox-previous',
      title: t`Previous conversation`,
      group: t`Inbox`,
      keys: 'k',
      onlyKey: true,
      run: () => step(-1),
    },
    {
      id: 'inbox-new',
      title: t`New conversation`,
      group: t`Inbox`,
      keys: 'c',
      icon: MessageSquarePlus,
      run: startNew,
    },
    { id: 'inbox-search', title: t`Search conversations`, group: t`Inbox`, keys: '/', icon: Search, run: openSearch },
  ])

  const count = (of: number | undefined) => (of ? (of > 99 ? '99+' : of) : undefined)
  return (
    <Pane label={t`Conversations`} className={css.pane} isBusy={list.isPending}>
      <PaneHead>
        <h1 className={css.title}>{t({ message: 'Inbox', context: 'title' })}</h1>
        <IconButton icon={Search} label={t`Search conversations`} keys="/" isOn={isSearching} onPress={openSearch} />
        <FilterMenu address={address} />
        <IconButton icon={MessageSquarePlus} label={t`New conversation`} keys="c" onPress={startNew} />
      </PaneHead>
      {isStarting && (
        <LazyDialog onClose={() => setStarting(false)}>
          <NewConversation onClose={() => setStarting(false)} onPick={(contactId) => address.open(contactId)} />
        </LazyDialog>
      )}
      <div className={css.tools}>
        <Segmented
          label={t`Which conversations`}
          value={address.view}
          onChange={(view) => address.change({ view })}
          choices={[
            { id: 'mine', name: t`Mine`, count: count(counts?.mine) },
            {
              id: 'unassigned',
              name: t({ message: 'Unassigned', context: 'conversations' }),
              count: count(counts?.unassigned),
            },
            { id: 'all', name: t({ message: 'All', context: 'conversations' }), count: count(counts?.all) },
          ]}
        />
        {isSearching && (
          <SearchField
            autoFocus={address.q === ''}
            label={t`Search conversations`}
            placeholder={t`Name, phone or email`}
            value={search.value}
            onChange={(value) => {
              search.set(value)
              if (value === '' && search.value !== '') closeSearch()
            }}
          />
        )}
      </div>
      <div
        ref={box}
        role="presentation"
        className={css.rows}
        onKeyDown={onKeyDown}
        data-stale={list.isPlaceholderData || undefined}
      >
        {list.error && rows.length === 0 ? (
          <ErrorState
            error={list.error}
            title={t`The conversations couldn't be loaded`}
            onRetry={() => void list.refetch()}
          />
        ) : list.isPending ? (
          <ListSkeleton />
        ) : rows.length === 0 ? (
          <ListEmpty address={address} unassigned={counts?.unassigned ?? 0} />
        ) : (
          <VirtualList
            ref={handle}
            label={t`Conversations`}
            items={rows}
            keyOf={(row) => row.contactId}
            rowHeight={84}
            padding={{ start: 4, end: 12 }}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
            foot={list.isFetchingNextPage && <Spinner />}
            renderRow={(row) => (
              <ConversationRow
                row={row}
                workspace={address.workspace}
                search={address.search}
                isOpen={row.contactId === address.contactId}
                isTabStop={row.contactId === tabStop}
              />
            )}
          />
        )}
      </div>
    </Pane>
  )
}

/** What is typed shows at once; the list follows a moment later, through the address. */
function useListSearch(address: InboxAddress) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useTyped(address.q, (q) => address.change({ q: q || undefined }))
  return {
    isSearching: isOpen || typed !== '',
    search: { value: typed, set: setTyped },
    openSearch: () => {
      setOpen(true)
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>(`.${css.tools} input`)?.focus())
    },
    closeSearch: () => setOpen(false),
  }
}
