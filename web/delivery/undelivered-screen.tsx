import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { BackToChannels } from '../channels/shared.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Empty } from '../ui/empty.tsx'
import { LoadMore } from '../ui/load-more.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './undelivered.module.css'
import { SendAllAgain } from './send-all-again.tsx'
import { UndeliveredRow } from './undelivered-row.tsx'

const route = getRouteApi('/w/$workspace/settings/channels/undelivered/{-$channelId}')

type Shown = 'all' | 'failed' | 'unknown'

/** What did not go out, or perhaps did: of one channel or all, with why, and what a person can do about each. */
export default function UndeliveredScreen() {
  const { t } = useLingui()
  const { channelId: named } = route.useParams()
  const channelId = named !== undefined && /^\d{1,15}$/.test(named) ? Number(named) : null
  const workspace = useWorkspace().id
  const navigate = useNavigate()
  const mayAll = useCan('channels.watch')
  const [shown, setShown] = useState<Shown>('all')
  const connected = useQuery(api.channels.list.queryOptions()).data?.items ?? []
  const list = useInfiniteQuery(
    api.conversations.undelivered.infiniteOptions({
      input: (cursor: string | null) => ({ channelId, status: shown === 'all' ? null : shown, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const removed = list.data?.pages[0]?.removedChannels ?? []
  useTitle(t`Undelivered messages`)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const heading = useRef<HTMLHeadingElement>(null)
  const shownBefore = useRef(0)
  useEffect(() => {
    // whoever works by keyboard has just pressed what is no longer there
    if (items.length < shownBefore.current && document.activeElement === document.body) heading.current?.focus()
    shownBefore.current = items.length
  }, [items.length])
  const isNone = list.data !== undefined && items.length === 0 && !list.hasNextPage
  return (
    <>
      <header className={css.head}>
        <BackToChannels />
        <h1 ref={heading} tabIndex={-1}>
          {t`Undelivered messages`}
        </h1>
        <p className={css.lead}>
          <Trans>
            What the provider refused, what did not arrive, and what may have been sent without anybody knowing.
          </Trans>
        </p>
      </header>
      <div className={css.tools}>
        <Segmented
          label={t`Show`}
          value={shown}
          onChange={setShown}
          choices={[
            { id: 'all', name: t`All` },
            { id: 'failed', name: t({ message: 'Not sent', context: 'messages' }) },
            { id: 'unknown', name: t`Perhaps sent` },
          ]}
        />
        <Select
          aria-label={t`Channel`}
          className={css.channel ?? ''}
          value={channelId ?? 0}
          onChange={(id) =>
            void navigate({
              to: '/w/$workspace/settings/channels/undelivered/{-$channelId}',
              params: { workspace, channelId: id === 0 ? undefined : String(id) },
              replace: true,
            })
          }
          choices={[
            { id: 0, name: t`Every channel` },
            ...connected.map(({ id, kind, name }) => ({ id, name, before: <ChannelGlyph kind={kind} /> })),
            ...removed.map(({ id, kind, name }) => ({
              id,
              name: t`${name} (removed)`,
              before: <ChannelGlyph kind={kind} />,
            })),
          ]}
        />
        {mayAll && shown !== 'unknown' && <SendAllAgain channelId={channelId} isNone={isNone} />}
      </div>
      {list.error !== null && list.data === undefined ? (
        <ErrorState error={list.error} title={t`The list couldn't be loaded`} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Spinner big />
      ) : isNone ? (
        <Empty icon={MailCheck} level={2} title={t`Nothing is undelivered`}>
          <Trans>Everything that was written went out, or is on its way.</Trans>
        </Empty>
      ) : (
        <>
          <ul className={css.list} aria-label={t`Undelivered messages`}>
            {items.map((item) => (
              <UndeliveredRow key={item.message.id} item={item} />
            ))}
          </ul>
          {list.hasNextPage && (
            <LoadMore isPending={list.isFetchingNextPage} onReached={() => void list.fetchNextPage()}>
              <Trans>Earlier ones</Trans>
            </LoadMore>
          )}
        </>
      )}
    </>
  )
}
