import { z } from 'zod'

export const channelKinds = [
  'email',
  'whatsapp',
  'custom',
  'sms',
  'messenger',
  'instagram',
  'telegram',
  'webchat',
] as const
export const ChannelKind = z.enum(channelKinds)
export type ChannelKind = z.infer<typeof ChannelKind>
