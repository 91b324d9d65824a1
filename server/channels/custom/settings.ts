import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type CustomSettings = Extract<ChannelSettings, { kind: 'custom' }>
export type CustomLine = Line<CustomSettings>
