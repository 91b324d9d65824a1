import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Hourglass, Pause } from 'lucide-react'
import type { Channel } from '#contract/channels.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { lineTrouble } from '../channels/shared.ts'
import { Banner } from '../ui/banner.tsx'
import { buttonClass } from '../ui/button.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

/** Where one writes by a channel that does not send now: why, what becomes of what is written, and where to see to it. */
export function LineNote({ channel }: { channel: Channel }) {
  const { t, i18n } = useLingui()
  const workspace = useWorkspace().id
  const mayWatch = useCan('channels.watch')
  const trouble = lineTrouble(channel, i18n)
  if (trouble === null) return null
  const { kind, what, meanwhile, nextTry } = trouble
  const next = nextTry && <RelativeTime at={nextTry} as="clock" />
  return (
    <Banner
      live
      tone={kind === 'broken' ? 'danger' : 'warn'}
      {...(kind === 'paused' ? { icon: Pause } : kind === 'resting' ? { icon: Hourglass } : {})}
      action={
        mayWatch && (
          <Link
            to="/w/$workspace/settings/channels/$channelId"
            params={{ workspace, channelId: String(channel.id) }}
            className={buttonClass('secondary', 'sm')}
          >
            {t`See to it`}
          </Link>
        )
      }
    >
      <strong>{what}</strong> {meanwhile}
      {next && kind === 'resting' && (
        <>
          {' '}
          <Trans>Next attempt: {next}.</Trans>
        </>
      )}
    </Banner>
  )
}
