import { useLingui } from '@lingui/react/macro'
import type { Channel } from '#contract/channels.ts'
import { StatusDot } from '../ui/pill.tsx'

/** Whether messages come and go. */
export function ChannelState({ channel: { state, holdup } }: { channel: Pick<Channel, 'state' | 'holdup'> }) {
  const { t } = useLingui()
  if (state === 'connected' && holdup !== null) return <StatusDot tone="warn">{t`Sending rests`}</StatusDot>
  if (state === 'connected') return <StatusDot tone="ok">{t`Connected`}</StatusDot>
  if (state === 'paused') return <StatusDot tone="hollow">{t`Paused`}</StatusDot>
  return <StatusDot tone="danger">{t`Not working`}</StatusDot>
}
