import { Trans, useLingui } from '@lingui/react/macro'
import { StickyNote } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Message } from '#contract/conversations.ts'
import { useMe } from '../api/me.ts'
import { withRareWords } from '../i18n/locale.ts'
import { useFormats } from '../i18n/formats.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { VisitedPage } from '../ui/visited-page.tsx'
import { AttachmentView } from './attachment-view.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { EarlierWords } from './earlier-words.tsx'
import { MessageBody } from './message-body.tsx'
import { wordsForType } from './snippet-words.ts'
import css from './thread.module.css'

const DeliveryTrouble = lazy(() =>
  withRareWords(async () => ({ default: (await import('../delivery/shared.ts')).DeliveryTrouble })),
)

/** A message or a note: what it says, its files, who and when, how far it has come. */
export function MessageBubble(props: {
  message: Message
  contactId: number
  contactName: string
  endsRun: boolean
  isLastOut: boolean
  isNewSubject: boolean
}) {
  const { message, contactId } = props
  const { t, i18n } = useLingui()
  const { time, dateTime } = useFormats()
  const me = useMe().memberId
  const isNote = message.body.type === 'note'
  const isOut = message.direction === 'out'
  const { sender } = message
  const who = !isOut
    ? props.contactName
    : sender.memberId === me && sender.type === 'member'
      ? t`You`
      : (sender.name ?? (sender.type === 'echo' ? t`From the provider's own app` : t`Automatic`))
  const isTrouble = message.status === 'failed' || message.status === 'unknown'
  return (
    <div className={classes(css.message, isOut && css.isOut, props.endsRun && css.endsRun)}>
      <div className={classes(css.bubble, isNote ? css.note : isOut ? css.out : css.in)}>
        {isNote ? (
          <p className={css.who}>
            <Icon of={StickyNote} size={14} />
            <span>
              <Trans>Internal note</Trans> · {who}
            </span>
          </p>
        ) : (
          <span className="visually-hidden">{who}:</span>
        )}
        {message.replyTo && (
          <blockquote className={css.reply} dir="auto">
            <span className="visually-hidden">{t`In reply to:`} </span>
            {message.replyTo.text || wordsForType(message.replyTo.type, i18n)}
          </blockquote>
        )}
        <MessageBody message={message} contactId={contactId} isNewSubject={props.isNewSubject} />
        {message.edited && <EarlierWords edited={message.edited} />}
        {message.attachments.map((file) => (
          <AttachmentView key={file.id} file={file} />
        ))}
        {message.reactions.length > 0 && (
          <p className={css.reactions}>
            <span className="visually-hidden">{t`Reactions:`}</span>
            {message.reactions.map((reaction, index) => (
              <span key={index}>{reaction.emoji}</span>
            ))}
          </p>
        )}
      </div>
      {(props.endsRun || isTrouble || props.isLastOut) && (
        <p className={css.meta}>
          <time dateTime={message.at} title={dateTime(message.at)} className="num">
            {time(message.at)}
          </time>
          {message.page && (
            <span className="trunc">
              <Trans>
                on <VisitedPage page={message.page} />
              </Trans>
            </span>
          )}
          {isOut && !isNote && <span>· {who}</span>}
          {isOut && !isNote && <DeliveryState status={message.status} inWords={props.isLastOut} />}
        </p>
      )}
      {(isTrouble || (message.status === 'queued' && message.failure !== null)) && (
        <Suspense fallback={null}>
          <DeliveryTrouble message={message} contactId={contactId} />
        </Suspense>
      )}
    </div>
  )
}
