import { Trans } from '@lingui/react/macro'
import type { Channel } from '#contract/channels.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

/** When something last came in and went out by a channel. */
export function ChannelTimes({ channel }: { channel: Pick<Channel, 'lastInAt' | 'lastOutAt'> }) {
  const { lastInAt, lastOutAt } = channel
  const came = lastInAt && <RelativeTime at={lastInAt} as="ago" />
  const went = lastOutAt && <RelativeTime at={lastOutAt} as="ago" />
  if (came && went)
    return (
      <Trans>
        Last in {came} · last out {went}
      </Trans>
    )
  if (came) return <Trans>Last in {came} · nothing out yet</Trans>
  if (went) return <Trans>Nothing in yet · last out {went}</Trans>
  return <Trans>Nothing in or out yet</Trans>
}
