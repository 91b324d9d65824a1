import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, Inbox, SearchX } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import type { InboxAddress } from './use-inbox-address.ts'

/** Why no conversation stands here, and the way to those that do. */
export function ListEmpty({ address, unassigned }: { address: InboxAddress; unassigned: number }) {
  const { t } = useLingui()
  const { q, status, unreadOnly, view } = address
  if (q) {
    return (
      <Empty
        icon={SearchX}
        level={2}
        title={t`Nothing for “${q}”`}
        action={
          <Button look="ghost" onPress={() => address.change({ q: undefined })}>
            <Trans>Clear search</Trans>
          </Button>
        }
      >
        {view === 'all' ? <Trans>Try fewer words.</Trans> : <Trans>Try fewer words, or look in All.</Trans>}
      </Empty>
    )
  }
  if (unreadOnly) {
    return (
      <Empty
        icon={CheckCheck}
        level={2}
        title={t`Everything here is read`}
        action={
          <Button onPress={() => address.change({ unread: undefined })}>
            <Trans>Show read ones too</Trans>
          </Button>
        }
      />
    )
  }
  if (status !== 'open') {
    return (
      <Empty
        icon={Inbox}
        level={2}
        title={status === 'closed' ? t`No closed conversations` : t`Nothing is snoozed`}
        action={
          <Button onPress={() => address.change({ status: undefined })}>
            <Trans>Show open ones</Trans>
          </Button>
        }
      />
    )
  }
  if (view === 'mine') {
    return (
      <Empty
        icon={Inbox}
        level={2}
        title={t`All caught up`}
        action={
          <Button onPress={() => address.change({ view: unassigned > 0 ? 'unassigned' : 'all' })}>
            {unassigned > 0 ? <Trans>See unassigned</Trans> : <Trans>See all</Trans>}
          </Button>
        }
      >
        <Trans>No conversation of yours is open.</Trans>{' '}
        {unassigned > 0 &&
          t`${plural(unassigned, { one: '# unassigned one is unread.', other: '# unassigned ones are unread.' })}`}
      </Empty>
    )
  }
  return (
    <Empty icon={Inbox} level={2} title={view === 'unassigned' ? t`Nobody is waiting` : t`All caught up`}>
      {view === 'unassigned' ? (
        <Trans>Every open conversation has somebody who looks after it.</Trans>
      ) : (
        <Trans>No conversation is open.</Trans>
      )}
    </Empty>
  )
}
