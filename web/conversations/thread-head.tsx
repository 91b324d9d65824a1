import { useLingui } from '@lingui/react/macro'
import { ArrowLeft, Check, IdCard, Inbox } from 'lucide-react'
import { lazy, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { ContactDetails } from '#contract/contacts.ts'
import { useCommands } from '../app/commands.ts'
import { useIsPhone } from '../app/use-narrow.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { PaneHead } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AssignMenu } from './assign-menu.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import css from './thread-pane.module.css'
import { useContactName } from './use-contact-name.ts'
import { useKindName } from './use-kind-name.ts'
import type { InboxAddress } from './use-inbox-address.ts'
import { useReopen } from './use-reopen.ts'

const CloseDialog = lazy(() => import('./close-dialog.tsx'))

/** Whose conversation it is and what can be done with it. */
export function ThreadHead({ contact, address }: { contact: ContactDetails | undefined; address: InboxAddress }) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const [isClosing, setClosing] = useState(false)
  const name = useContactName(contact?.displayName)
  const reopen = useReopen()
  const toggleDrawer = () => address.change({ drawer: address.isDrawerOpen ? undefined : 'open' }, false)
  const canReopen = contact?.status === 'closed' && contact.blocked === null
  const canClose = contact?.status === 'open' || contact?.status === 'snoozed'
  useCommands([
    {
      id: 'details',
      title: t`Contact details`,
      group: t`Conversation`,
      keys: 'i',
      icon: IdCard,
      run: toggleDrawer,
    },
    ...(canClose
      ? [
          {
            id: 'close-conversation',
            title: t`Close the conversation…`,
            group: t`Conversation`,
            icon: Check,
            run: () => setClosing(true),
          },
        ]
      : []),
    ...(canReopen
      ? [
          {
            id: 'reopen-conversation',
            title: t`Reopen the conversation`,
            group: t`Conversation`,
            icon: Inbox,
            run: () => reopen.mutate({ contactId: contact.id }),
          },
        ]
      : []),
  ])
  const kind = contact?.channels[0]?.kind
  const Name = isPhone ? 'h1' : 'h2'
  return (
    <PaneHead className={css.head ?? ''}>
      {isPhone && <IconButton icon={ArrowLeft} flip label={t`Back to the list`} onPress={() => address.open(null)} />}
      {contact ? (
        <>
          <AriaButton className={css.face ?? ''} onPress={toggleDrawer}>
            <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={36}>
              {kind && <ChannelGlyph kind={kind} size={16} />}
            </Avatar>
            <span className="visually-hidden">{t`Contact details of ${name}`}</span>
          </AriaButton>
          <div className={css.names}>
            <Name className="trunc">{name}</Name>
            <Where contact={contact} />
          </div>
          <AssignMenu contact={contact} />
          {canClose && <SnoozeMenu contact={contact} />}
          {canClose && (
            <Button icon={Check} className={css.closing} onPress={() => setClosing(true)}>
              <span className={css.words}>{t({ message: 'Close', context: 'conversation' })}</span>
            </Button>
          )}
          {canReopen && (
            <Button
              icon={Inbox}
              className={css.closing}
              isPending={reopen.isPending}
              onPress={() => reopen.mutate({ contactId: contact.id })}
            >
              <span className={css.words}>{t`Reopen`}</span>
            </Button>
          )}
        </>
      ) : (
        <>
          <Skeleton width={36} height={36} round />
          <div className={css.names}>
            <Skeleton width={160} height={12} />
          </div>
        </>
      )}
      <IconButton
        icon={IdCard}
        label={t`Contact details`}
        keys="i"
        isOn={address.isDrawerOpen}
        onPress={toggleDrawer}
      />
      {isClosing && contact && (
        <LazyDialog onClose={() => setClosing(false)}>
          <CloseDialog contactId={contact.id} onClose={() => setClosing(false)} />
        </LazyDialog>
      )}
    </PaneHead>
  )
}

function Where({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { dateTime } = useFormats()
  const kindName = useKindName()
  const channel = contact.channels[0]
  const until = contact.snoozedUntil ? dateTime(contact.snoozedUntil) : ''
  const state =
    contact.blocked !== null
      ? t({ message: 'Blocked', context: 'conversation' })
      : contact.status === 'closed'
        ? t({ message: 'Closed', context: 'conversation' })
        : contact.status === 'snoozed'
          ? t`Snoozed until ${until}`
          : null
  const words = [channel && `${kindName(channel.kind)} · ${channel.channelName}`, state].filter(Boolean).join(' · ')
  return <p className="trunc">{words || t`Not on any channel yet`}</p>
}
