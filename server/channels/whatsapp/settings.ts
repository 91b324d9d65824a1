import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type WhatsappSettings = Extract<ChannelSettings, { kind: 'whatsapp' }>
export type WhatsappLine = Line<WhatsappSettings>
