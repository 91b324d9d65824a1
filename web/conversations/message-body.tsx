import { Trans, useLingui } from '@lingui/react/macro'
import { CircleDashed, CornerDownLeft, FileText, MapPin, Undo2, UserRound } from 'lucide-react'
import type { Message } from '#contract/conversations.ts'
import { Icon } from '../ui/icon.tsx'
import { EmailBody } from './email-body.tsx'
import { LinkedText } from './linked-text.tsx'
import css from './message-body.module.css'
import { wordsForType } from './snippet-words.ts'

/** What a message says, whatever its kind. */
export function MessageBody(props: { message: Message; contactId: number; isNewSubject: boolean }) {
  const { message, contactId, isNewSubject } = props
  const { i18n } = useLingui()
  const { body } = message
  switch (body.type) {
    case 'text':
    case 'note':
      return <Words text={body.text} />
    case 'attachment':
      return body.text ? <Words text={body.text} /> : null
    case 'email':
      return <EmailBody body={body} message={message} contactId={contactId} isNewSubject={isNewSubject} />
    case 'location':
      return <Place body={body} />
    case 'contacts':
      return <Cards body={body} />
    case 'buttons':
      return body.chosen ? (
        <>
          <span className={css.small}>
            <Icon of={CornerDownLeft} size={14} flip />
            <Trans>Chosen</Trans>
          </span>
          <Words text={body.chosen} />
        </>
      ) : (
        <>
          <Words text={body.text} />
          <ul className={css.choices}>
            {body.choices.map((choice) => (
              <li key={choice} dir="auto">
                {choice}
              </li>
            ))}
          </ul>
        </>
      )
    case 'template':
      return (
        <>
          <span className={css.small}>
            <Icon of={FileText} size={14} />
            <Trans>Template</Trans> <bdi>{body.name}</bdi>
          </span>
          {body.text && <Words text={body.text} />}
        </>
      )
    case 'story':
      return <Story body={body} />
    case 'unsent':
      return (
        <p className={css.quiet}>
          <Icon of={Undo2} size={14} />
          {message.direction === 'in' ? (
            <Trans>The contact took this message back.</Trans>
          ) : (
            <Trans>This message was taken back.</Trans>
          )}
        </p>
      )
    case 'unsupported':
      return (
        <p className={css.quiet}>
          {wordsForType('unsupported', i18n)} {body.hint && <bdi>({body.hint})</bdi>}
        </p>
      )
  }
}

function Words({ text }: { text: string }) {
  return (
    <p dir="auto" className={css.words}>
      <LinkedText text={text} />
    </p>
  )
}

function Story({ body }: { body: Extract<Message['body'], { type: 'story' }> }) {
  return (
    <>
      <span className={css.small}>
        <Icon of={CircleDashed} size={14} />
        {body.cause === 'reply' ? <Trans>In answer to your story</Trans> : <Trans>Mentioned you in their story</Trans>}
        {body.url && (
          <a href={body.url} target="_blank" rel="noreferrer">
            <Trans>See the story, while it lasts</Trans>
          </a>
        )}
      </span>
      {body.text && <Words text={body.text} />}
    </>
  )
}

function Place({ body }: { body: Extract<Message['body'], { type: 'location' }> }) {
  const at = `${body.latitude},${body.longitude}`
  const href = `https://www.openstreetmap.org/?mlat=${body.latitude}&mlon=${body.longitude}#map=16/${body.latitude}/${body.longitude}`
  return (
    <a href={href} target="_blank" rel="noreferrer" className={css.card}>
      <Icon of={MapPin} />
      <span>
        <bdi>{body.name ?? body.address ?? <Trans>Location</Trans>}</bdi>
        <small className="num">{body.name && body.address ? <bdi>{body.address}</bdi> : at}</small>
      </span>
    </a>
  )
}

function Cards({ body }: { body: Extract<Message['body'], { type: 'contacts' }> }) {
  return (
    <ul className={css.cards}>
      {body.contacts.map((contact, index) => (
        <li key={index} className={css.card}>
          <Icon of={UserRound} />
          <span>
            <bdi>{contact.name}</bdi>
            {[...contact.phones, ...contact.emails].map((address) => (
              <small key={address} className="num">
                <bdi>{address}</bdi>
              </small>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}
