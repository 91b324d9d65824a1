import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Undo2, UserRoundX } from 'lucide-react'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import css from './duplicates-screen.module.css'
import { ListSkeleton } from './list-skeleton.tsx'
import { useDismissal } from './use-dismissal.ts'

/** The pairs that somebody said are two people, newest first, each of which can be suggested again. */
export function ToldApart() {
  const { t } = useLingui()
  const { reopen } = useDismissal()
  const list = useInfiniteQuery(
    api.duplicates.dismissed.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 50 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (list.error !== null && list.data === undefined)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <ListSkeleton />
  if (rows.length === 0)
    return (
      <Empty icon={UserRoundX} level={2} title={t`Nothing dismissed yet`}>
        <Trans>Pairs that you dismiss stand here. They are not suggested again unless something new joins them.</Trans>
      </Empty>
    )
  return (
    <VirtualList
      label={t({ message: 'Dismissed', context: 'suggestions' })}
      items={rows}
      keyOf={({ a, b }) => `${a.id}-${b.id}`}
      rowHeight={57}
      padding={{ start: 0, end: 24 }}
      onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
      foot={list.isFetchingNextPage && <Spinner />}
      renderRow={({ a, b, by, at }) => {
        const one = a.displayName ?? t`Nameless contact`
        const other = b.displayName ?? t`Nameless contact`
        return (
          <div className={css.line}>
            <Avatar id={a.id} name={a.displayName} picture={a.pictureUrl} size={28} />
            <Avatar id={b.id} name={b.displayName} picture={b.pictureUrl} size={28} />
            <div className={css.words}>
              <p>
                <Trans>
                  <bdi>{one}</bdi> and <bdi>{other}</bdi>
                </Trans>
              </p>
              <p className={css.note}>
                {by !== null && `${by} · `}
                <RelativeTime at={at} as="moment" />
              </p>
            </div>
            <Button icon={Undo2} onPress={() => void reopen({ a: a.id, b: b.id })}>
              <Trans>Suggest again</Trans>
            </Button>
          </div>
        )
      }}
    />
  )
}
