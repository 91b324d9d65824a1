import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Check, CircleAlert, CircleHelp, RotateCcw, X } from 'lucide-react'
import type { Undelivered } from '#contract/conversations.ts'
import { useWorkspace } from '../api/me.ts'
import { useContactName, wordsForType } from '../conversations/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { failureWords } from './failure-words.ts'
import { refusalWords } from './refusal-words.ts'
import css from './undelivered.module.css'
import { useUndelivered } from './use-undelivered.ts'

/** One of them: for whom, what it says, why it did not go out, and what to do. */
export function UndeliveredRow({ item: { contact, channelName, message } }: { item: Undelivered }) {
  const { t, i18n } = useLingui()
  const workspace = useWorkspace().id
  const { again, settle } = useUndelivered(contact.id)
  const { body, failure, kind } = message
  const isInDoubt = message.status === 'unknown'
  const name = useContactName(contact.displayName)
  const which = { contactId: contact.id, messageId: message.id }
  const error = again.error ?? settle.error
  return (
    <li className={css.row}>
      <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={36}>
        {kind && <ChannelGlyph kind={kind} />}
      </Avatar>
      <div className={css.what}>
        <p className={css.top}>
          <Link
            to="/w/$workspace/inbox/{-$contactId}"
            params={{ workspace, contactId: contact.id }}
            search={{ view: 'all' }}
            className={css.name}
          >
            <bdi>{name}</bdi>
          </Link>
          <span className={css.note}>
            {channelName} · <RelativeTime at={message.at} as="clock" />
          </span>
        </p>
        <p className={css.words} dir="auto">
          {('text' in body && body.text) || wordsForType(body.type, i18n)}
        </p>
        <p className={css.why} data-status={message.status}>
          <Icon of={isInDoubt ? CircleHelp : CircleAlert} size={14} />
          <span>
            {isInDoubt ? (
              <Trans>It may have arrived: nobody knows. If you send it again, it may arrive twice.</Trans>
            ) : (
              failureWords(failure?.code ?? '', i18n)
            )}{' '}
            {failure?.detail && <bdi className={css.detail}>{failure.detail}</bdi>}
          </span>
        </p>
        {error && (
          <p role="alert" className={css.refused}>
            {refusalWords(error, i18n)}
          </p>
        )}
      </div>
      <div className={css.acts}>
        <Button
          size="sm"
          look="ghost"
          icon={isInDoubt ? Check : X}
          isPending={settle.isPending}
          aria-label={isInDoubt ? t`It arrived: ${name}` : t`Leave it: ${name}`}
          onPress={() => settle.mutate(which)}
        >
          {isInDoubt ? <Trans>It arrived</Trans> : <Trans>Leave it</Trans>}
        </Button>
        <Button
          size="sm"
          icon={RotateCcw}
          isPending={again.isPending}
          aria-label={t`Send again: ${name}`}
          onPress={() => again.mutate(which)}
        >
          <Trans>Send again</Trans>
        </Button>
      </div>
    </li>
  )
}
