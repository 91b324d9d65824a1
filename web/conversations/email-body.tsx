import { Trans, useLingui } from '@lingui/react/macro'
import { Mail, ShieldAlert, Zap } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Message } from '#contract/conversations.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { Icon } from '../ui/icon.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { LinkedText } from './linked-text.tsx'
import css from './message-body.module.css'

const EmailOriginal = lazy(() => import('./email-original.tsx'))

/** A mail: its subject, what the person wrote, what they quoted folded away, and how it looked when asked for. */
export function EmailBody(props: {
  body: Extract<Message['body'], { type: 'email' }>
  message: Message
  contactId: number
  isNewSubject: boolean
}) {
  const { body, message, contactId } = props
  const { t } = useLingui()
  const { list } = useFormats()
  const [isOriginal, setOriginal] = useState(false)
  const others = list(body.cc)
  return (
    <>
      {props.isNewSubject && (
        <p className={css.subject} dir="auto">
          {body.subject || t`(no subject)`}
        </p>
      )}
      {body.cc.length > 0 && (
        <p className={css.recipients}>
          <Trans>
            Copy to <bdi>{others}</bdi>
          </Trans>
        </p>
      )}
      {!isOriginal && (
        <p dir="auto" className={css.words}>
          <LinkedText text={body.text} />
        </p>
      )}
      {!isOriginal && body.quoted && (
        <details className={css.quoted}>
          <summary>{t`Quoted text`}</summary>
          <p dir="auto" className={css.words}>
            {body.quoted}
          </p>
        </details>
      )}
      {isOriginal && (
        <Suspense fallback={<Spinner />}>
          <EmailOriginal contactId={contactId} messageId={message.id} />
        </Suspense>
      )}
      {(body.hasHtml || body.autoReply || message.verified === false) && (
        <div className={css.mailTools}>
          {body.hasHtml && (
            <Button size="sm" look="ghost" icon={Mail} onPress={() => setOriginal(!isOriginal)}>
              {isOriginal ? t`Show as text` : t`Show original`}
            </Button>
          )}
          {body.autoReply && (
            <Pill>
              <Icon of={Zap} size={12} />
              {t`Automatic answer`}
            </Pill>
          )}
          {message.verified === false && (
            <Pill tone="warn">
              <Icon of={ShieldAlert} size={12} />
              {t`Sender not verified`}
            </Pill>
          )}
        </div>
      )}
    </>
  )
}
