import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Hourglass, Pause, RotateCcw } from 'lucide-react'
import type { Channel } from '#contract/channels.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useCan } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import css from './channels.module.css'
import { CheckSteps } from './check-steps.tsx'
import { lineTrouble } from './line-trouble.ts'

/** Why nothing goes out by a channel, what to do, and a way to try it at once. */
export function TroubleBanner({ channel }: { channel: Channel }) {
  const { t, i18n } = useLingui()
  const mayManage = useCan('channels.manage')
  const reconnect = useMutation(
    api.channels.reconnect.mutationOptions({
      onSuccess: ({ check }) => {
        if (check.ok) toast(t`It works again. What waited goes out now.`, { tone: 'ok' })
        return queryClient.invalidateQueries({ queryKey: api.channels.key() })
      },
      onError: (error) => void toastError(explain(error, i18n)),
    }),
  )
  const trouble = lineTrouble(channel, i18n)
  if (trouble === null) return null
  const { kind, what, remedy, detail, nextTry } = trouble
  const next = nextTry && <RelativeTime at={nextTry} as="moment" />
  return (
    <div className={css.trouble}>
      <Banner
        live
        tone={kind === 'broken' ? 'danger' : 'warn'}
        {...(kind === 'paused' ? { icon: Pause } : kind === 'resting' ? { icon: Hourglass } : {})}
        action={
          mayManage &&
          kind !== 'paused' && (
            <Button
              size="sm"
              icon={RotateCcw}
              isPending={reconnect.isPending}
              onPress={() => reconnect.mutate({ channelId: channel.id })}
            >
              {t`Try now`}
            </Button>
          )
        }
      >
        <strong>{what}</strong> {remedy}
        {next && kind === 'resting' && (
          <>
            {' '}
            <Trans>Next attempt: {next}.</Trans>
          </>
        )}
        {detail && (
          <code className={css.detail}>
            <bdi>{detail}</bdi>
          </code>
        )}
      </Banner>
      {(reconnect.isPending || reconnect.data?.check.ok === false) && (
        <CheckSteps isPending={reconnect.isPending} result={reconnect.data?.check} />
      )}
    </div>
  )
}
