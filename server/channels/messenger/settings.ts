import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type MessengerSettings = Extract<ChannelSettings, { kind: 'messenger' }>
/** Instagram's messages go by the same platform. */
export type PlatformSettings = Extract<ChannelSettings, { kind: 'messenger' | 'instagram' }>
export type PlatformLine = Line<PlatformSettings>
