import { useLingui } from '@lingui/react/macro'
import type { ChannelKind } from '#contract/channel-kind.ts'

/** What each kind of channel is called. */
export function useKindName(): (kind: ChannelKind) => string {
  const { t } = useLingui()
  const names: Record<ChannelKind, string> = {
    email: t`Email`,
    whatsapp: 'WhatsApp',
    custom: t`Custom channel`,
    sms: 'SMS',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: t`Website chat`,
  }
  return (kind) => names[kind]
}
