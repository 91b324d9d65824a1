import { Trans } from '@lingui/react/macro'
import type { Message } from '#contract/conversations.ts'
import { useFormats } from '../i18n/formats.ts'
import css from './message-body.module.css'

/** That a message was written anew, and on a press what it said before: whoever answered has answered those words. */
export function EarlierWords({ edited }: { edited: NonNullable<Message['edited']> }) {
  const { dateTime } = useFormats()
  const { at, earlier } = edited
  return (
    <details className={css.quoted}>
      <summary>
        <Trans>Edited</Trans> · <time dateTime={at}>{dateTime(at)}</time>
      </summary>
      {earlier.map((text, index) => (
        <p key={index} dir="auto" className={css.words}>
          {text}
        </p>
      ))}
    </details>
  )
}
