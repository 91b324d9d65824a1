import { randomBytes } from 'node:crypto'

/** Of Twilio's own examples: twilio.com/docs/messaging/guides/webhook-request, with numbers that exist. */
export const twilioExample = {
  number: '+14017122661',
  person: '+16505551234',
  service: 'MG9752274e9e519418a7406176694466fa',
}

export const newSid = (prefix: 'SM' | 'MM' | 'ME' | 'HX'): string => prefix + randomBytes(16).toString('hex')

/**
 * What Twilio sends when a text message comes. Source: twilio.com/docs/messaging/guides/webhook-request
 * @param more parameters that are added, or replace others
 */
export function incomingSms(body: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const sid = more['MessageSid'] ?? newSid('SM')
  return {
    ToCountry: 'US',
    ToState: 'RI',
    SmsMessageSid: sid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '94043',
    SmsSid: sid,
    FromState: 'CA',
    SmsStatus: 'received',
    FromCity: 'MOUNTAIN VIEW',
    Body: body,
    FromCountry: 'US',
    To: twilioExample.number,
    ToZip: '',
    NumSegments: '1',
    MessageSid: sid,
    From: twilioExample.person,
    ApiVersion: '2010-04-01',
    ...more,
  }
}

/** What Twilio tells of a message that was sent. Source: twilio.com/docs/messaging/guides/track-outbound-message-status */
export const smsReceipt = (
  sid: string,
  status: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  SmsSid: sid,
  SmsStatus: status,
  MessageStatus: status,
  To: twilioExample.person,
  MessageSid: sid,
  From: twilioExample.number,
  ApiVersion: '2010-04-01',
  ...more,
})

/** The same by WhatsApp. Source: the guide's “WhatsApp-specific parameters” */
export function incomingWhatsapp(body: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const sid = more['MessageSid'] ?? newSid('SM')
  return {
    SmsMessageSid: sid,
    NumMedia: '0',
    ProfileName: 'Sheena Nelson',
    MessageType: 'text',
    SmsSid: sid,
    WaId: twilioExample.person.slice(1),
    SmsStatus: 'received',
    Body: body,
    To: `whatsapp:${twilioExample.number}`,
    NumSegments: '1',
    ReferralNumMedia: '0',
    MessageSid: sid,
    From: `whatsapp:${twilioExample.person}`,
    ApiVersion: '2010-04-01',
    ...more,
  }
}
