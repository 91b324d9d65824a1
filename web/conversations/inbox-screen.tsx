import { useLingui } from '@lingui/react/macro'
import { lazy, Suspense, useEffect } from 'react'
import { useWorkspace } from '../api/me.ts'
import { useIsPhone } from '../app/use-narrow.ts'
import { useTitle } from '../app/use-title.ts'
import { withMergeWords } from '../i18n/locale.ts'
import { classes } from '../ui/classes.ts'
import { ConversationList } from './conversation-list.tsx'
import css from './inbox-screen.module.css'
import { NoConversation } from './no-conversation.tsx'
import { ThreadPanePending } from './thread-pane-pending.tsx'
import { useInboxAddress } from './use-inbox-address.ts'

const loadThread = () => import('./thread-pane.tsx')
const ThreadPane = lazy(loadThread)
const ContactDrawer = lazy(() => withMergeWords(() => import('../contacts/contact-drawer.tsx')))
const Welcome = lazy(() => import('./welcome.tsx'))

/** The Inbox: conversations, one of them open, its contact beside it. On phones one of the three at a time. */
export default function InboxScreen() {
  const { t } = useLingui()
  const address = useInboxAddress()
  const isPhone = useIsPhone()
  useTitle(t`Inbox`)
  useEffect(fetchThreadEarly, [])
  const isEmpty = useWorkspace().empty && address.contactId === null
  if (isEmpty) {
    return (
      <Suspense fallback={null}>
        <Welcome />
      </Suspense>
    )
  }
  const { contactId } = address
  return (
    <div className={classes(css.inbox, address.isDrawerOpen && css.withDrawer)}>
      {(!isPhone || contactId === null) && <ConversationList address={address} />}
      {contactId === null ? (
        !isPhone && <NoConversation />
      ) : (
        <Suspense fallback={<ThreadPanePending />}>
          <ThreadPane key={contactId} contactId={contactId} address={address} />
        </Suspense>
      )}
      {contactId !== null && address.isDrawerOpen && (
        <div className={css.drawer}>
          <Suspense fallback={null}>
            <ContactDrawer
              contactId={contactId}
              place="inbox"
              tab={address.search.tab}
              onTab={(tab) => address.change({ tab })}
              onClose={() => address.change({ drawer: undefined, tab: undefined })}
              onMoved={(survivorId) => address.open(survivorId, true)}
            />
          </Suspense>
        </div>
      )}
    </div>
  )
}

/** Whoever moves is about to open a conversation: its code comes while they aim, not with the first view of the list. */
function fetchThreadEarly() {
  const signs = ['pointermove', 'pointerdown', 'keydown'] as const
  const start = () => {
    stop()
    // a failure is told when a conversation is opened
    loadThread().catch(() => undefined)
  }
  const stop = () => signs.forEach((sign) => window.removeEventListener(sign, start))
  for (const sign of signs) window.addEventListener(sign, start)
  return stop
}
