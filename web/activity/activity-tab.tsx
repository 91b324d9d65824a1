import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import type { ActivityGroup } from '#contract/activity-words.ts'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { LoadMore } from '../ui/load-more.tsx'
import { Select } from '../ui/select.tsx'
import { ActivityItem } from './activity-item.tsx'
import { ActivitySkeleton } from './activity-skeleton.tsx'
import css from './activity.module.css'
import { planActivity } from './plan-activity.ts'

/** Everything that happened to a contact, the newest first, by day. */
export function ActivityTab({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { day } = useFormats()
  const [group, setGroup] = useState<ActivityGroup | 'all'>('all')
  const list = useInfiniteQuery(
    api.activity.ofContact.infiniteOptions({
      input: (cursor: string | null) => ({
        contactId: contact.id,
        cursor,
        limit: 40,
        ...(group === 'all' ? {} : { group }),
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const events = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className={css.tab}>
      <GroupSelect group={group} onChange={setGroup} />
      {list.error !== null && list.data === undefined ? (
        <ErrorState error={list.error} title={t`The activity couldn't be loaded`} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <ActivitySkeleton />
      ) : events.length === 0 ? (
        <Empty
          icon={History}
          title={t`Nothing here`}
          action={
            group !== 'all' && (
              <Button onPress={() => setGroup('all')}>
                <Trans>Show everything</Trans>
              </Button>
            )
          }
        >
          {group === 'all' ? t`What happens to this contact appears here.` : t`Nothing of this kind has happened yet.`}
        </Empty>
      ) : (
        <>
          {planActivity(events).map(({ at, entries }) => (
            <section key={new Date(at).toDateString()}>
              <h3 className={css.day}>{day(at)}</h3>
              <ol className={css.entries}>
                {entries.map((entry) => (
                  <ActivityItem key={entry.events.at(-1)?.id} entry={entry} contact={contact} />
                ))}
              </ol>
            </section>
          ))}
          {list.hasNextPage && (
            <LoadMore isPending={list.isFetchingNextPage} onReached={() => void list.fetchNextPage()}>
              <Trans>Show earlier activity</Trans>
            </LoadMore>
          )}
        </>
      )}
    </div>
  )
}

function GroupSelect(props: { group: ActivityGroup | 'all'; onChange: (group: ActivityGroup | 'all') => void }) {
  const { t } = useLingui()
  return (
    <Select
      aria-label={t`What to show`}
      value={props.group}
      onChange={props.onChange}
      choices={[
        { id: 'all', name: t`All activity` },
        { id: 'details', name: t({ message: 'Details', context: 'of a contact' }) },
        { id: 'tags', name: t`Tags` },
        { id: 'assignment', name: t`Assignment` },
        { id: 'conversation', name: t`Conversations` },
        { id: 'channels', name: t`Channels` },
        { id: 'duplicates', name: t`Merges and duplicates` },
        { id: 'blocking', name: t`Blocking` },
      ]}
      className={css.group ?? ''}
    />
  )
}
