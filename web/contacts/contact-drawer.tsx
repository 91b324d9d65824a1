import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ContactRound, History, Radio, UserRoundX } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { codeOf } from '../api/explain.ts'
import { useCommands } from '../app/commands.ts'
import type { RecordTab } from '../app/search-params.ts'
import { useIsPhone } from '../app/use-narrow.ts'
import { useSurvivor } from '../app/use-survivor.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFields } from '../fields/shared.ts'
import { BlockBanner } from '../blocking/shared.ts'
import { OptOutBanner } from '../opt-outs/shared.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Pane } from '../ui/pane.tsx'
import { Tabs } from '../ui/tabs.tsx'
import css from './contact-drawer.module.css'
import { contactQuery } from './contact-query.ts'
import { DetailsTab } from './details-tab.tsx'
import { DrawerHead } from './drawer-head.tsx'
import { DrawerSkeleton } from './drawer-skeleton.tsx'
import { useRecordFocus } from './use-record-focus.ts'

const ChannelsTab = lazy(() => import('./channels-tab.tsx'))
const ActivityTab = lazy(async () => ({ default: (await import('../activity/shared.ts')).ActivityTab }))

/** A contact's record beside a conversation or a list; on phones a sheet of its own. */
export default function ContactDrawer(props: {
  contactId: number
  place: 'inbox' | 'contacts'
  tab: RecordTab | undefined
  onTab: (tab: RecordTab | undefined) => void
  onClose: () => void
  /** The contact has been absorbed: the address should name the one it is now. */
  onMoved: (contactId: number) => void
}) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const { contactId, onClose, place, tab = 'details' } = props
  const select = (picked: RecordTab) => props.onTab(picked === 'details' ? undefined : picked)
  // one contact gives way to the next only when it has arrived
  const query = useQuery({ ...contactQuery(contactId), placeholderData: (previous) => previous })
  const box = useRecordFocus(!query.isPending, onClose)
  const { data: contact, error } = query
  const fields = useFields()
  useCommands([
    {
      id: 'record-details',
      title: t({ message: 'Details', context: 'of a contact' }),
      group: t`Contact`,
      keys: '1',
      icon: ContactRound,
      run: () => select('details'),
    },
    {
      id: 'record-channels',
      title: t({ message: 'Channels', context: 'of a contact' }),
      group: t`Contact`,
      keys: '2',
      icon: Radio,
      run: () => select('channels'),
    },
    {
      id: 'record-activity',
      title: t({ message: 'Activity', context: 'of a contact' }),
      group: t`Contact`,
      keys: '3',
      icon: History,
      run: () => select('activity'),
    },
  ])
  useSurvivor(contactId, query.isPlaceholderData ? undefined : contact?.id, props.onMoved)

  return (
    <div {...box} className={css.drawer} data-covers-bar={isPhone || undefined}>
      <Pane label={t`Contact details`} role="complementary" isBusy={query.isPending} className={css.pane}>
        {error !== null ? (
          codeOf(error) === 'NOT_FOUND' ? (
            <Gone onClose={onClose} />
          ) : (
            <ErrorState error={error} title={t`The contact couldn't be loaded`} onRetry={() => void query.refetch()} />
          )
        ) : contact === undefined || fields === undefined ? (
          <DrawerSkeleton />
        ) : (
          <>
            <DrawerHead key={contact.id} contact={contact} place={place} onClose={onClose} />
            {contact.blocked !== null && (
              <BlockBanner contact={contact} block={contact.blocked} className={css.banner} />
            )}
            <OptOutBanner contact={contact} className={css.banner} />
            <Tabs
              label={t`Contact details`}
              orientation={isPhone ? 'horizontal' : 'vertical'}
              selected={tab}
              onSelect={select}
              className={css.tabs ?? ''}
              tabs={[
                {
                  id: 'details',
                  name: t({ message: 'Details', context: 'of a contact' }),
                  icon: ContactRound,
                  badge: { count: contact.suggestions.length, label: t`possible duplicates:` },
                  content: <DetailsTab key={contact.id} contact={contact} fields={fields} place={place} />,
                },
                {
                  id: 'channels',
                  name: t({ message: 'Channels', context: 'of a contact' }),
                  icon: Radio,
                  content: (
                    <Suspense fallback={null}>
                      <ChannelsTab key={contact.id} contact={contact} place={place} onLeave={onClose} />
                    </Suspense>
                  ),
                },
                {
                  id: 'activity',
                  name: t({ message: 'Activity', context: 'of a contact' }),
                  icon: History,
                  content: (
                    <Suspense fallback={null}>
                      <ActivityTab key={contact.id} contact={contact} />
                    </Suspense>
                  ),
                },
              ]}
            />
          </>
        )}
      </Pane>
    </div>
  )
}

function Gone({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Empty
      icon={UserRoundX}
      level={2}
      title={t`This contact no longer exists`}
      action={<Button onPress={onClose}>{t`Close details`}</Button>}
    >
      {t`It was deleted, or it is no longer yours to see.`}
    </Empty>
  )
}
