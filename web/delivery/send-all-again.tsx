import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { toastError } from '../ui/toast-store.ts'
import { reasonWords } from './refusal-words.ts'
import css from './undelivered.module.css'

interface Sum {
  queued: number
  left: Map<string, number>
}

/** Sends again all that failed, of one channel or all, after a question; says how many go out and why others do not. */
export function SendAllAgain({ channelId, isNone }: { channelId: number | null; isNone: boolean }) {
  const { t, i18n } = useLingui()
  const [isAsking, setAsking] = useState(false)
  const [isSending, setSending] = useState(false)
  const [sum, setSum] = useState<Sum | null>(null)

  async function send(): Promise<void> {
    setSending(true)
    const so: Sum = { queued: 0, left: new Map() }
    try {
      let cursor: string | null = null
      do {
        const answer: Awaited<ReturnType<typeof client.conversations.sendAllAgain>> =
          await client.conversations.sendAllAgain({ channelId, cursor })
        so.queued += answer.queued
        for (const { reason, count } of answer.left) so.left.set(reason, (so.left.get(reason) ?? 0) + count)
        cursor = answer.next
      } while (cursor !== null)
    } catch (error) {
      // what went before it is on its way
      toastError(explain(error, i18n))
    }
    setSum(so)
    setSending(false)
    setAsking(false)
    await queryClient.invalidateQueries({ queryKey: api.conversations.undelivered.key() })
  }

  return (
    <>
      <Button
        icon={RotateCcw}
        className={css.all}
        disabledReason={isNone ? t`There is nothing to send again.` : undefined}
        onPress={() => setAsking(true)}
      >
        <Trans>Send all again…</Trans>
      </Button>
      {sum && (
        <div className={css.sum}>
          <Banner live tone={sum.left.size === 0 ? 'ok' : 'warn'}>
            <Plural value={sum.queued} one="# message is on its way." other="# messages are on their way." />
            {[...sum.left].map(([reason, count]) => (
              <span key={reason} className={css.left}>
                <Plural value={count} one="# stays:" other="# stay:" />{' '}
                {reasonWords(reason, i18n) ?? t`It can't be sent now.`}
              </span>
            ))}
          </Banner>
        </div>
      )}
      <AlertDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void send()}
        title={<Trans>Send all that failed again?</Trans>}
        confirm={t`Send all again`}
        isPending={isSending}
      >
        <Trans>
          Each is tried once more, oldest first. Some may say what no longer holds: look through the list first. What
          may have been sent already is left out.
        </Trans>
      </AlertDialog>
    </>
  )
}
