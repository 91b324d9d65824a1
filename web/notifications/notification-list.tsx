import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BellOff } from 'lucide-react'
import type { Notification } from '#contract/notifications.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { LoadMore } from '../ui/load-more.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './notification-list.module.css'
import { useNewsWords } from './use-news-words.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.notifications.key() })

/** What the member is to know of, the newest first; opening one reads it. */
export function NotificationList({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const list = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: 20 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const readAll = useMutation(api.notifications.markAllRead.mutationOptions({ onSuccess: refresh }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const newest = items[0]
  return (
    <div className={css.box}>
      <header className={css.head}>
        <h2>
          <Trans>Notifications</Trans>
        </h2>
        {newest !== undefined && items.some(({ isRead }) => !isRead) && (
          <Button
            look="ghost"
            size="sm"
            isPending={readAll.isPending}
            onPress={() => readAll.mutate({ upTo: newest.id })}
          >
            <Trans>Mark all as read</Trans>
          </Button>
        )}
      </header>
      {list.error !== null && list.data === undefined ? (
        <ErrorState
          error={list.error}
          title={t`The notifications couldn't be loaded`}
          onRetry={() => void list.refetch()}
        />
      ) : list.isPending ? (
        <Spinner />
      ) : items.length === 0 ? (
        <Empty icon={BellOff} title={t`Nothing new`}>
          <Trans>You are told here of contacts given to you, of what they write, and of notes that mention you.</Trans>
        </Empty>
      ) : (
        <>
          <ul className={css.list}>
            {items.map((item) => (
              <Line key={item.id} item={item} onClose={onClose} />
            ))}
          </ul>
          {list.hasNextPage && (
            <LoadMore isPending={list.isFetchingNextPage} onReached={() => void list.fetchNextPage()}>
              <Trans>Show earlier ones</Trans>
            </LoadMore>
          )}
        </>
      )}
    </div>
  )
}

function Line({ item, onClose }: { item: Notification; onClose: () => void }) {
  const { t } = useLingui()
  const words = useNewsWords()(item)
  const workspace = useWorkspace().id
  const read = useMutation(api.notifications.markRead.mutationOptions({ onSuccess: refresh }))
  const { contact } = item
  return (
    <li>
      <Link
        to="/w/$workspace/inbox/{-$contactId}"
        params={{ workspace, contactId: contact.id }}
        className={css.line}
        onClick={() => {
          if (!item.isRead) read.mutate({ notificationIds: [item.id] })
          onClose()
        }}
      >
        <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={36} />
        <span className={css.words}>
          <span className={css.title}>{words}</span>
          {item.text !== null && <bdi className={css.text}>{item.text}</bdi>}
          <RelativeTime at={item.at} as="ago" className={css.time} />
        </span>
        {!item.isRead && (
          <span className={css.dot}>
            <span className="visually-hidden">{t`Unread`}</span>
          </span>
        )}
      </Link>
    </li>
  )
}
