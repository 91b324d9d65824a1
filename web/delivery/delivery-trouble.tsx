import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { Message } from '#contract/conversations.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import css from './delivery.module.css'
import { failureWords } from './failure-words.ts'
import { refusalWords } from './refusal-words.ts'

/** Under a message that failed or may have: why, what to do, and one more attempt. */
export function DeliveryTrouble({ message, contactId }: { message: Message; contactId: number }) {
  const { i18n } = useLingui()
  const again = useMutation(
    api.conversations.sendAgain.mutationOptions({
      onSettled: () =>
        queryClient.invalidateQueries({ queryKey: api.conversations.thread.key({ input: { contactId } }) }),
    }),
  )
  const { failure, status } = message
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
      {failure?.detail && (
        <p className={css.detail}>
          <Trans>The provider says:</Trans> <bdi>{failure.detail}</bdi>
        </p>
      )}
      {again.error && <p role="alert">{refusalWords(again.error, i18n)}</p>}
      {(failure?.canRetry ?? true) && (
        <Button
          size="sm"
          icon={RotateCcw}
          isPending={again.isPending}
          onPress={() => again.mutate({ contactId, messageId: message.id })}
        >
          <Trans>Send again</Trans>
        </Button>
      )}
    </div>
  )
}
