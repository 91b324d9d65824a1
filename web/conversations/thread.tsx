import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { ArrowDown, MessageSquareDashed } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ThreadItem } from '#contract/conversations.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { idOf } from './conversation-queries.ts'
import { EventLine } from './event-line.tsx'
import { MessageBubble } from './message-bubble.tsx'
import { planThread, type ThreadEntry } from './plan-thread.ts'
import { SendingBubbles } from './sending-bubbles.tsx'
import css from './thread.module.css'
import { useMarkRead } from './use-mark-read.ts'
import { useSteadyScroll } from './use-steady-scroll.ts'

type Pager = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>

/** A contact's messages and events, the newest at the bottom; older ones come as one scrolls back. */
export function Thread(props: {
  contactId: number
  contactName: string
  /** Newest first. */
  items: readonly ThreadItem[]
  readUpTo: number | null
  pager: Pager
}) {
  const { contactId, contactName, items, pager } = props
  const { t } = useLingui()
  const scroller = useRef<HTMLDivElement>(null)
  const newestId = items[0] ? idOf(items[0]) : 0
  const onPast = () => {
    if (pager.hasNextPage && !pager.isFetchingNextPage) void pager.fetchNextPage()
  }
  const { isAtEnd, onScroll, toEnd } = useSteadyScroll(scroller, `${newestId} ${items.length}`, onPast)
  const [seenId, setSeenId] = useState(newestId)
  if (isAtEnd && seenId !== newestId) setSeenId(newestId)
  const fresh = items.filter((item) => item.type === 'message' && item.message.id > seenId).length
  const lastIn = items.find((item) => item.type === 'message' && item.message.direction === 'in')
  useMarkRead(contactId, { isAtEnd, lastInId: lastIn ? idOf(lastIn) : null, readUpTo: props.readUpTo })

  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.scroller}
        onScroll={onScroll}
        role="log"
        aria-label={t`Messages`}
        aria-live="polite"
        aria-relevant="additions"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by key
        tabIndex={0}
      >
        <div className={css.lines}>
          {pager.hasNextPage && <div className={css.older}>{pager.isFetchingNextPage && <Spinner />}</div>}
          {items.length === 0 && (
            <Empty icon={MessageSquareDashed} title={t`No messages yet`}>
              {t`Choose a channel below and write the first one.`}
            </Empty>
          )}
          {planThread(items).map((entry) => (
            <div key={entry.key} data-line="">
              <Entry entry={entry} contactId={contactId} contactName={contactName} />
            </div>
          ))}
          <SendingBubbles contactId={contactId} items={items} onNew={toEnd} />
        </div>
      </div>
      {fresh > 0 && <NewMessages fresh={fresh} onPress={toEnd} />}
    </div>
  )
}

function Entry({ entry, ...contact }: { entry: ThreadEntry; contactId: number; contactName: string }) {
  const { day } = useFormats()
  if (entry.type === 'day') return <p className={css.day}>{day(entry.at)}</p>
  if (entry.type === 'event') return <EventLine event={entry.event} />
  return (
    <MessageBubble
      {...contact}
      message={entry.message}
      endsRun={entry.endsRun}
      isLastOut={entry.isLastOut}
      isNewSubject={entry.isNewSubject}
    />
  )
}

function NewMessages({ fresh, onPress }: { fresh: number; onPress: () => void }) {
  const { t } = useLingui()
  return (
    <Button size="sm" look="primary" icon={ArrowDown} className={css.pill} onPress={onPress}>
      <span role="status">{t`${plural(fresh, { one: '# new message', other: '# new messages' })}`}</span>
    </Button>
  )
}
