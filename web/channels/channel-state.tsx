import { useLingui } from '@lingui/react/macro'
import type { Channel } from '#contract/channels.ts'
import { StatusDot } from '../ui/pill.tsx'

/** Whether messages come and go. */
export function ChannelState({ state }: { state: Channel['state'] }) {
  const { t } = useLingui()
  if (state === 'connected') return <StatusDot tone="ok">{t`Connected`}</StatusDot>
  if (state === 'paused') return <StatusDot tone="hollow">{t`Paused`}</StatusDot>
  return <StatusDot tone="danger">{t`Not working`}</StatusDot>
}
