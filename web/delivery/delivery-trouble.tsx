import { Trans, useLingui } from '@lingui/react/macro'
import { Check, RotateCcw } from 'lucide-react'
import type { Message } from '#contract/conversations.ts'
import { Button } from '../ui/button.tsx'
import css from './delivery.module.css'
import { failureWords, waitingWords } from './failure-words.ts'
import { refusalWords } from './refusal-words.ts'
import { useUndelivered } from './use-undelivered.ts'

/**
 * Under a message that waits, failed or may have gone out: why, and what to do. Of one in doubt a person decides: it arrived,
 * or it is sent once more.
 */
export function DeliveryTrouble({ message, contactId }: { message: Message; contactId: number }) {
  const { i18n } = useLingui()
  const { again, settle } = useUndelivered(contactId)
  const { failure, status } = message
  const which = { contactId, messageId: message.id }
  const error = again.error ?? settle.error
  if (status === 'queued')
    return (
      <div className={css.trouble} data-status={status}>
        <p>{waitingWords(failure?.code ?? '', i18n)}</p>
        <Detail of={failure?.detail} />
      </div>
    )
  return (
    <div className={css.trouble} data-status={status}>
      <p>
        {status === 'unknown' ? (
          <Trans>
            The provider didn't answer in time. It may have arrived: if you send again, it may arrive twice.
          </Trans>
        ) : (
          failureWords(failure?.code ?? '', i18n)
        )}
      </p>
      <Detail of={failure?.detail} />
      {error && <p role="alert">{refusalWords(error, i18n)}</p>}
      <p className={css.choices}>
        {status === 'unknown' && (
          <Button size="sm" icon={Check} isPending={settle.isPending} onPress={() => settle.mutate(which)}>
            <Trans>It arrived</Trans>
          </Button>
        )}
        {(failure?.canRetry ?? true) && (
          <Button size="sm" icon={RotateCcw} isPending={again.isPending} onPress={() => again.mutate(which)}>
            <Trans>Send again</Trans>
          </Button>
        )}
      </p>
    </div>
  )
}

function Detail({ of }: { of: string | null | undefined }) {
  if (!of) return null
  return (
    <p className={css.detail}>
      <Trans>The provider says:</Trans> <bdi>{of}</bdi>
    </p>
  )
}
