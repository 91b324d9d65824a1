import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type MessengerSettings = Extract<ChannelSettings, { kind: 'messenger' }>
export type MessengerLine = Line<MessengerSettings>
