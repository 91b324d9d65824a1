import type { ChannelSettings } from '#contract/channels.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { Line } from '../adapter.ts'
import type { LinkFile } from '../file-link.ts'

export type SmsSettings = Extract<ChannelSettings, { kind: 'sms' }>
export type TwilioWhatsappSettings = Extract<ChannelSettings, { kind: 'whatsapp'; provider: 'twilio' }>
/** What a line of Twilio's is connected with, whatever it carries. */
export type TwilioSettings = SmsSettings | TwilioWhatsappSettings
export type TwilioKind = TwilioSettings['kind']
export type TwilioLine = Line<TwilioSettings>

/** What the adapters get from this installation. */
export interface TwilioWorld {
  readonly outgoing: OutgoingRequests
  /** `https://api.twilio.com`, or a stand-in for it. */
  readonly apiBase: string
  /** Where this server is reached from outside. */
  readonly publicUrl: string
  readonly linkFile: LinkFile
}

/** Does the line send by a messaging service, which chooses among its senders? */
export const isService = (sender: string): boolean => sender.startsWith('MG')
