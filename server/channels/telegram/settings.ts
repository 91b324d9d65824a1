import type { ChannelSettings } from '#contract/channels.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { Line } from '../adapter.ts'

export type TelegramSettings = Extract<ChannelSettings, { kind: 'telegram' }>
export type TelegramLine = Line<TelegramSettings>

/** What the adapter gets from this installation. */
export interface TelegramWorld {
  readonly outgoing: OutgoingRequests
  /** `https://api.telegram.org`, a Bot API server of one's own, or a stand-in. */
  readonly apiBase: string
  /** Where this server is reached from outside. */
  readonly publicUrl: string
}

/** A token begins with the bot's own number. */
export const botIdOf = (token: string): string => token.split(':')[0]!

/** Where Telegram calls for a line. */
export const webhookUrlOf = (publicUrl: string, { publicId }: Pick<TelegramLine, 'publicId'>): string =>
  `${publicUrl}/webhooks/telegram/${publicId}`
