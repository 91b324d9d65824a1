import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type EmailSettings = Extract<ChannelSettings, { kind: 'email' }>
export type EmailLine = Line<EmailSettings>
/** How to reach one mail server and sign in there. */
export type MailServer = EmailSettings['smtp']
