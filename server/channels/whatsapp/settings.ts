import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type WhatsappSettings = Extract<ChannelSettings, { kind: 'whatsapp'; provider?: 'meta' | undefined }>
export type WhatsappLine = Line<WhatsappSettings>
