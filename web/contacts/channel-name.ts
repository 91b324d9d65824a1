import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ChannelKind } from '#contract/channel-kind.ts'

/** What a kind of channel is called. */
export function channelName(kind: ChannelKind, i18n: I18n): string {
  switch (kind) {
    case 'email':
      return i18n._(msg`Email`)
    case 'whatsapp':
      return 'WhatsApp'
    case 'sms':
      return 'SMS'
    case 'messenger':
      return 'Messenger'
    case 'instagram':
      return 'Instagram'
    case 'telegram':
      return 'Telegram'
    case 'webchat':
      return i18n._(msg`Website chat`)
    case 'custom':
      return i18n._(msg`Custom channel`)
  }
}
