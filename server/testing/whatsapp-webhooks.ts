import { createHmac } from 'node:crypto'

/** The ids of Meta's own examples: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages */
export const example = {
  businessAccountId: '102290129340398',
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '15550783881',
  waId: '16505551234',
  profileName: 'Sheena Nelson',
  userId: 'US.13491208655302741918',
}

export interface Change {
  messages?: readonly unknown[]
  statuses?: readonly unknown[]
  contacts?: readonly unknown[]
  message_echoes?: readonly unknown[]
  errors?: readonly unknown[]
  user_preferences?: readonly unknown[]
}

/** A webhook's envelope, as WhatsApp wraps every change. */
export function webhook(change: Change, to: { phoneNumberId?: string; field?: string } = {}): Record<string, unknown> {
  const { phoneNumberId = example.phoneNumberId, field = 'messages' } = to
  const contacts = change.messages === undefined ? {} : { contacts: [contact()] }
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: example.businessAccountId,
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: example.displayPhoneNumber, phone_number_id: phoneNumberId },
              ...contacts,
              ...change,
            },
            field,
          },
        ],
      },
    ],
  }
}

export const contact = (waId: string = example.waId, name: string = example.profileName) => ({
  profile: { name },
  wa_id: waId,
  user_id: example.userId,
})

/** A message object: `id`, `from` and a time stand by themselves, the rest is the type's. */
export const message = (type: string, content: unknown, more: Record<string, unknown> = {}) => ({
  from: example.waId,
  from_user_id: example.userId,
  id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
  timestamp: '1749416383',
  type,
  ...(content === undefined ? {} : { [type]: content }),
  ...more,
})

export const status = (id: string, value: string, more: Record<string, unknown> = {}) => ({
  id,
  status: value,
  timestamp: '1750030073',
  recipient_id: example.waId,
  recipient_user_id: example.userId,
  ...more,
})

/**
 * The header by which a webhook is believed: HMAC-SHA256 of the very bytes, keyed by the app's secret.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export const signature = (appSecret: string, body: Buffer | string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
