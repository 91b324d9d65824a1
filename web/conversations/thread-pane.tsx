import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { SearchX, Upload } from 'lucide-react'
import { lazy, Suspense, useState, type DragEvent } from 'react'
import { codeOf } from '../api/explain.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useSurvivor } from '../app/use-survivor.ts'
import { useTitle } from '../app/use-title.ts'
import { withMergeWords } from '../i18n/locale.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { Pane } from '../ui/pane.tsx'
import { Composer } from './composer.tsx'
import { contactQuery, threadQuery } from './conversation-queries.ts'
import { moveDraft } from './drafts.ts'
import { Thread } from './thread.tsx'
import { ThreadHead } from './thread-head.tsx'
import css from './thread-pane.module.css'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { addFiles } from './upload-files.ts'
import { useContactName } from './use-contact-name.ts'
import type { InboxAddress } from './use-inbox-address.ts'

const BlockedPlace = lazy(async () => {
  const { BlockedPlace: place } = await withMergeWords(() => import('../blocking/shared.ts'))
  return { default: place }
})

/** One conversation: whose it is, what was said, and the place to answer. */
export default function ThreadPane({ contactId, address }: { contactId: number; address: InboxAddress }) {
  const { t } = useLingui()
  const contact = useQuery(contactQuery(contactId))
  const thread = useInfiniteQuery(threadQuery(contactId))
  const name = useContactName(contact.data?.displayName)
  const drop = useDrop((files) => addFiles(contact.data?.id ?? contactId, files))
  useSurvivor(contactId, contact.data?.id, (survivorId) => {
    moveDraft(contactId, survivorId)
    address.open(survivorId, true)
  })
  useTitle(contact.data ? name : t`Conversation`)
  const error = contact.error && !contact.data ? contact.error : thread.error && !thread.data ? thread.error : null
  const isGone = codeOf(error) === 'NOT_FOUND'
  return (
    <Pane label={t`Conversation with ${name}`} className={css.pane} isBusy={!contact.data || !thread.data}>
      <div className={css.inside} data-covers-bar="" {...drop.handlers}>
        {isGone ? (
          <div className={css.middle}>
            <Empty
              icon={SearchX}
              level={2}
              title={t`This conversation isn't here`}
              action={<Button onPress={() => address.open(null)}>{t`Back to the Inbox`}</Button>}
            >
              <Trans>The contact no longer exists, or you may not see it.</Trans>
            </Empty>
          </div>
        ) : (
          <>
            <ThreadHead contact={contact.data} address={address} />
            {error ? (
              <div className={css.middle}>
                <ErrorState
                  error={error}
                  title={t`The conversation couldn't be loaded`}
                  onRetry={() => {
                    void contact.refetch()
                    void thread.refetch()
                  }}
                />
              </div>
            ) : thread.data && contact.data ? (
              <Thread
                contactId={contact.data.id}
                contactName={name}
                items={thread.data.pages.flatMap((page) => page.items)}
                readUpTo={thread.data.pages[0]?.readUpTo ?? null}
                pager={thread}
              />
            ) : (
              <ThreadSkeleton />
            )}
            {contact.data &&
              (contact.data.blocked === null ? (
                <Composer contact={contact.data} />
              ) : (
                <Suspense fallback={null}>
                  <BlockedPlace contact={contact.data} />
                </Suspense>
              ))}
          </>
        )}
        {drop.isOver && contact.data?.blocked == null && (
          <div className={css.drop} aria-hidden="true">
            <Icon of={Upload} size={20} />
            <Trans>Drop to attach</Trans>
          </div>
        )}
      </div>
    </Pane>
  )
}

/** Files let go anywhere over the conversation are attached; without this the browser would open them instead. */
function useDrop(take: (files: File[]) => void) {
  const [depth, setDepth] = useState(0)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return {
    isOver: depth > 0,
    handlers: {
      onDragEnter: (event: DragEvent) => hasFiles(event) && setDepth((now) => now + 1),
      onDragLeave: (event: DragEvent) => hasFiles(event) && setDepth((now) => Math.max(0, now - 1)),
      onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
      onDrop: (event: DragEvent) => {
        setDepth(0)
        if (!hasFiles(event)) return
        event.preventDefault()
        take([...event.dataTransfer.files])
      },
    },
  }
}
