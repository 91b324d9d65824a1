import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { SearchX, Shield, ShieldCheck } from 'lucide-react'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import type { BlockedSearch } from '../app/search-params.ts'
import { useTitle } from '../app/use-title.ts'
import ContactDrawer from '../contacts/contact-drawer.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Empty } from '../ui/empty.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useTyped } from '../ui/use-typed.ts'
import css from './blocked-screen.module.css'
import { BlockedTable } from './blocked-table.tsx'
import { countedTo } from './counted-to.ts'

const route = getRouteApi('/w/$workspace/contacts/blocked')

/** Who is blocked, by whom and why, each one's record beside the list. */
export default function BlockedScreen() {
  const { t } = useLingui()
  const { q = '', contact, tab } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: BlockedSearch, replace = true) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace })
  const openId = contact === undefined ? null : Number(contact)
  useTitle(t`Blocked contacts`)
  return (
    <div className={classes(css.blocked, openId !== null && css.withDrawer)}>
      <BlockedPane
        q={q}
        openId={openId}
        onSearch={(typed) => change({ q: typed || undefined })}
        onOpen={(id) => change({ contact: String(id) }, false)}
      />
      {openId !== null && (
        <div className={css.drawer}>
          <ContactDrawer
            contactId={openId}
            place="contacts"
            tab={tab}
            onTab={(picked) => change({ tab: picked })}
            onClose={() => change({ contact: undefined, tab: undefined }, false)}
            onMoved={(survivorId) => change({ contact: String(survivorId) })}
          />
        </div>
      )}
    </div>
  )
}

function BlockedPane(props: {
  q: string
  openId: number | null
  onSearch: (q: string) => void
  onOpen: (id: number) => void
}) {
  const { t } = useLingui()
  const { number } = useFormats()
  const days = useWorkspace().heldDays
  const { q, openId, onSearch, onOpen } = props
  const { data: counts } = useQuery(api.blocking.counts.queryOptions())
  const list = useInfiniteQuery(
    api.blocking.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 50, ...(q === '' ? {} : { q }) }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
      placeholderData: (previous) => previous,
    }),
  )
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const total = counts?.blocked ?? 0
  const many = `${number(countedTo)}+`
  return (
    <Pane label={t`Blocked contacts`} isBusy={list.isPending} className={css.pane}>
      <PaneHead className={css.head ?? ''}>
        <div className={css.title}>
          <h1>{t`Blocked contacts`}</h1>
          {total > 0 && <span className={css.total}>{total >= countedTo ? many : number(total)}</span>}
        </div>
        <Search q={q} onChange={onSearch} />
      </PaneHead>
      <Banner icon={Shield} className={css.banner ?? ''}>
        <Trans>
          What a blocked contact sends <strong>doesn't reach the Inbox</strong>: it is counted, and kept apart for{' '}
          {days} days. Blocked contacts are in no segment, and in no suggestion to merge.
        </Trans>
      </Banner>
      {list.error !== null && list.data === undefined ? (
        <ErrorState
          error={list.error}
          title={t`The blocked contacts couldn't be loaded`}
          onRetry={() => void list.refetch()}
        />
      ) : list.isPending ? (
        <div className={css.skeleton} aria-hidden="true">
          {[180, 140, 210, 160].map((width) => (
            <Skeleton key={width} width={width} height={12} />
          ))}
        </div>
      ) : rows.length > 0 ? (
        <>
          <BlockedTable
            rows={rows}
            openId={openId}
            onOpen={onOpen}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
            isFetchingMore={list.isFetchingNextPage}
          />
          <footer className={css.foot}>
            <span className={css.footCount}>
              {total >= countedTo ? (
                <Trans>{many} blocked contacts</Trans>
              ) : (
                <Plural value={total} one="# blocked contact" other="# blocked contacts" />
              )}
            </span>
            <span className={css.keys} aria-hidden="true">
              <Kbd keys="j" /> <Kbd keys="k" /> <Trans>move</Trans> <Kbd keys="enter" /> <Trans>open</Trans>
            </span>
          </footer>
        </>
      ) : q !== '' ? (
        <Empty
          icon={SearchX}
          level={2}
          title={t`Nothing for “${q}”`}
          action={
            <Button onPress={() => onSearch('')}>
              <Trans>Clear search</Trans>
            </Button>
          }
        />
      ) : (
        <Empty icon={ShieldCheck} level={2} title={t`Nobody is blocked`}>
          <Trans>Block a contact from the ⋯ menu of its record. It then appears here.</Trans>
        </Empty>
      )}
    </Pane>
  )
}

function Search({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useTyped(q, onChange)
  return (
    <SearchField label={t`Search blocked contacts`} value={typed} onChange={setTyped} className={css.search ?? ''} />
  )
}
