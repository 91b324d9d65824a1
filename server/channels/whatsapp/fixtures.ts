import type { Incoming, IncomingFile } from '../adapter.ts'
import { example, message, status, webhook } from '../../testing/whatsapp-webhooks.ts'

interface Fixture {
  readonly name: string
  /** The page whose published payload this follows, below developers.facebook.com/documentation/business-messaging/whatsapp. */
  readonly source: string
  readonly webhook: unknown
  /** What it is read as; `sender` only where it is not the example's. */
  readonly read: readonly (Incoming extends infer Item ? (Item extends Incoming ? Partial<Item> : never) : never)[]
}

const wamid = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA='
const earlier = 'wamid.HBgLMTY0NjcwNDM1OTUVAgARGBJDQjZCMzlEQUE4OTJBMTE4RTUA'

const one = (type: string, content: unknown, more: Record<string, unknown> = {}) =>
  webhook({ messages: [message(type, content, more)] })

const file = (kind: IncomingFile['kind'], name: string, type: string, mediaId: string): IncomingFile => ({
  kind,
  name,
  type,
  contentId: null,
  content: { source: { mediaId } },
})

const page = (name: string) => `webhooks/reference/messages/${name}`

/** One payload of every kind that WhatsApp sends, in its published form. */
export const fixtures: readonly Fixture[] = [
  {
    name: 'a text',
    source: page('text'),
    webhook: one('text', { body: 'Does it come in another color?' }),
    read: [
      {
        type: 'message',
        extId: wamid,
        sentAt: new Date('2025-06-08T20:59:43Z'),
        body: { type: 'text', text: 'Does it come in another color?' },
        files: [],
      },
    ],
  },
  {
    name: 'an answer to an earlier message',
    source: page('text'),
    webhook: one('text', { body: 'This one' }, { context: { from: example.displayPhoneNumber, id: earlier } }),
    read: [{ type: 'message', body: { type: 'text', text: 'This one' }, replyToExtIds: [earlier] }],
  },
  {
    name: 'a text that began with an advertisement',
    source: page('text'),
    webhook: one(
      'text',
      { body: 'Can I get more info about this?' },
      {
        referral: {
          source_url: 'https://fb.me/3cr4Wqqkv',
          source_id: '120226305854810726',
          source_type: 'ad',
          body: 'Summer succulents are here!',
          headline: 'Chat with us',
          media_type: 'image',
          image_url: 'https://scontent.xx.fbcdn.net/v/t45.1600',
          ctwa_clid: 'Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4',
        },
      },
    ),
    read: [{ type: 'message', body: { type: 'text', text: 'Can I get more info about this?' } }],
  },
  {
    name: 'an image with a caption',
    source: page('image'),
    webhook: one('image', {
      caption: 'Taj Mahal',
      mime_type: 'image/jpeg',
      sha256: 'SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=',
      id: '1003383421387256',
    }),
    read: [
      {
        type: 'message',
        body: { type: 'attachment', text: 'Taj Mahal' },
        files: [file('image', 'image.jpg', 'image/jpeg', '1003383421387256')],
      },
    ],
  },
  {
    name: 'a video',
    source: page('video'),
    webhook: one('video', { mime_type: 'video/mp4', sha256: 'x', id: '1166846181421424' }),
    read: [
      {
        type: 'message',
        body: { type: 'attachment', text: null },
        files: [file('video', 'video.mp4', 'video/mp4', '1166846181421424')],
      },
    ],
  },
  {
    name: 'a voice message',
    source: page('audio'),
    webhook: one('audio', { mime_type: 'audio/ogg; codecs=opus', sha256: 'x', id: '1003383421387257', voice: true }),
    read: [
      {
        type: 'message',
        body: { type: 'attachment', text: null },
        files: [file('audio', 'audio.ogg', 'audio/ogg', '1003383421387257')],
      },
    ],
  },
  {
    name: 'a document',
    source: page('document'),
    webhook: one('document', {
      caption: 'Signed',
      filename: 'Contrato nº 3.pdf',
      mime_type: 'application/pdf',
      sha256: 'x',
      id: '1',
    }),
    read: [
      {
        type: 'message',
        body: { type: 'attachment', text: 'Signed' },
        files: [file('file', 'Contrato nº 3.pdf', 'application/pdf', '1')],
      },
    ],
  },
  {
    name: 'a sticker',
    source: page('sticker'),
    webhook: one('sticker', { mime_type: 'image/webp', sha256: 'x', id: '1908647269898587', animated: false }),
    read: [
      {
        type: 'message',
        body: { type: 'attachment', text: null },
        files: [file('image', 'sticker.webp', 'image/webp', '1908647269898587')],
      },
    ],
  },
  {
    name: 'a place',
    source: page('location'),
    webhook: one('location', {
      address: '1071 5th Ave, New York, NY 10128',
      latitude: 40.782910059774,
      longitude: -73.959075808525,
      name: 'Solomon R. Guggenheim Museum',
    }),
    read: [
      {
        type: 'message',
        body: {
          type: 'location',
          latitude: 40.782910059774,
          longitude: -73.959075808525,
          name: 'Solomon R. Guggenheim Museum',
          address: '1071 5th Ave, New York, NY 10128',
        },
      },
    ],
  },
  {
    name: 'shared contacts, one of them with next to nothing',
    source: page('contacts'),
    webhook: one('contacts', [
      {
        name: { first_name: 'Barbara', last_name: 'Johnson', formatted_name: 'Barbara J. Johnson' },
        org: { company: 'Social Tsunami' },
        phones: [{ phone: '+1 (415) 555-0829', wa_id: '14125550829', type: 'MOBILE' }],
        emails: [{ email: 'bjohnson@socialtsunami.example', type: 'WORK' }],
      },
      { name: { formatted_name: 'Nadie' } },
    ]),
    read: [
      {
        type: 'message',
        body: {
          type: 'contacts',
          contacts: [
            { name: 'Barbara J. Johnson', phones: ['+1 (415) 555-0829'], emails: ['bjohnson@socialtsunami.example'] },
            { name: 'Nadie', phones: [], emails: [] },
          ],
        },
      },
    ],
  },
  {
    name: 'a reaction',
    source: page('reaction'),
    webhook: one('reaction', { message_id: earlier, emoji: '👍' }),
    read: [{ type: 'reaction', extId: wamid, targetExtId: earlier, emoji: '👍' }],
  },
  {
    name: 'a reaction taken back, which comes without an emoji',
    source: page('reaction'),
    webhook: one('reaction', { message_id: earlier }),
    read: [{ type: 'reaction', targetExtId: earlier, emoji: null }],
  },
  {
    name: 'a template’s quick reply',
    source: page('button'),
    webhook: one(
      'button',
      { payload: 'Unsubscribe', text: 'Unsubscribe' },
      { context: { from: example.displayPhoneNumber, id: earlier } },
    ),
    read: [
      {
        type: 'message',
        body: { type: 'buttons', text: 'Unsubscribe', choices: [], chosen: 'Unsubscribe' },
        replyToExtIds: [earlier],
      },
    ],
  },
  {
    name: 'a button that was pressed',
    source: page('interactive'),
    webhook: one('interactive', { type: 'button_reply', button_reply: { id: 'cancel-button', title: 'Cancel' } }),
    read: [{ type: 'message', body: { type: 'buttons', text: 'Cancel', choices: [], chosen: 'Cancel' } }],
  },
  {
    name: 'an entry chosen from a list',
    source: page('interactive'),
    webhook: one('interactive', {
      type: 'list_reply',
      list_reply: { id: 'priority_express', title: 'Priority Mail Express', description: 'Next Day to 2 Days' },
    }),
    read: [
      {
        type: 'message',
        body: { type: 'buttons', text: 'Priority Mail Express', choices: [], chosen: 'Priority Mail Express' },
      },
    ],
  },
  {
    name: 'a form that was filled in, which cannot be shown',
    source: page('interactive'),
    webhook: one('interactive', { type: 'nfm_reply', nfm_reply: { response_json: '{}', body: 'Sent', name: 'flow' } }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'nfm_reply' } }],
  },
  {
    name: 'an order',
    source: page('order'),
    webhook: one('order', {
      catalog_id: '194836987003835',
      text: 'Love these!',
      product_items: [
        { product_retailer_id: 'di9ozbzfi4', quantity: 2, item_price: 30, currency: 'USD' },
        { product_retailer_id: 'nqryix03ez', quantity: 1, item_price: 25.5, currency: 'USD' },
      ],
    }),
    read: [
      {
        type: 'message',
        body: { type: 'text', text: 'Love these!\n\n2 × di9ozbzfi4 · 30 USD\n1 × nqryix03ez · 25.5 USD' },
      },
    ],
  },
  {
    name: 'a changed number, which comes without contacts',
    source: page('system'),
    webhook: webhook({
      contacts: [],
      messages: [
        message('system', {
          body: 'User Sheena Nelson changed from 16505551234 to 12195555358',
          wa_id: '12195555358',
          type: 'user_changed_number',
        }),
      ],
    }),
    read: [
      {
        type: 'message',
        automatic: true,
        body: { type: 'text', text: 'User Sheena Nelson changed from 16505551234 to 12195555358' },
      },
    ],
  },
  {
    name: 'a message of a kind the API does not carry',
    source: page('unsupported'),
    webhook: one('unsupported', undefined, {
      errors: [
        {
          code: 131051,
          title: 'Message type unknown',
          message: 'Message type unknown',
          error_data: { details: 'Message type is currently not supported.' },
        },
      ],
    }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'Message type unknown' } }],
  },
  {
    name: 'a message of a kind that nobody knows yet',
    source: page('unsupported'),
    webhook: one('hologram', { id: '1' }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'hologram' } }],
  },
  {
    name: 'somebody who shows no phone: WhatsApp’s own id is the address',
    source: 'business-scoped-user-ids',
    webhook: webhook({
      contacts: [{ profile: { name: 'Pablo M.', username: 'pablomorales' }, user_id: example.userId }],
      messages: [
        { from_user_id: example.userId, id: wamid, timestamp: '1749416383', type: 'text', text: { body: 'Hola' } },
      ],
    }),
    read: [
      {
        type: 'message',
        sender: {
          address: example.userId,
          addressKey: `wa:${example.userId}`,
          profileName: 'Pablo M.',
          phone: null,
          country: 'US',
        },
        body: { type: 'text', text: 'Hola' },
      },
    ],
  },
  {
    name: 'what the business said from its own phone',
    source: 'webhooks/reference/smb_message_echoes',
    webhook: webhook(
      {
        message_echoes: [
          {
            from: example.displayPhoneNumber,
            to: example.waId,
            id: wamid,
            timestamp: '1749416383',
            type: 'text',
            text: { body: 'On its way' },
          },
        ],
      },
      { field: 'smb_message_echoes' },
    ),
    read: [
      {
        type: 'message',
        echo: true,
        sender: {
          address: example.waId,
          addressKey: 'p:+16505551234',
          profileName: null,
          phone: '+16505551234',
          country: null,
        },
        body: { type: 'text', text: 'On its way' },
      },
    ],
  },
  {
    name: 'receipts: sent, delivered, read, played',
    source: page('status'),
    webhook: webhook({
      statuses: [
        status(earlier, 'sent', { conversation: { id: 'x' }, pricing: { billable: true, pricing_model: 'PMP' } }),
        status(earlier, 'delivered'),
        status(earlier, 'read'),
        status(earlier, 'played'),
      ],
    }),
    read: [
      { type: 'status', extId: earlier, status: 'sent', at: new Date('2025-06-15T23:27:53Z') },
      { type: 'status', status: 'delivered' },
      { type: 'status', status: 'read' },
      { type: 'status', status: 'read' },
    ],
  },
  {
    name: 'a failure, which comes without contacts',
    source: page('status'),
    webhook: webhook({
      statuses: [
        status(earlier, 'failed', {
          errors: [
            {
              code: 131047,
              title: 'Re-engagement message',
              message: 'Re-engagement message',
              error_data: {
                details:
                  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
              },
              href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
            },
          ],
        }),
      ],
    }),
    read: [
      {
        type: 'status',
        status: 'failed',
        failure: {
          code: 'window-closed',
          detail:
            'Message failed to send because more than 24 hours have passed since the customer last replied to this number. (131047)',
        },
      },
    ],
  },
  {
    name: 'news of a template, which is no message',
    source: 'webhooks/reference/message_template_status_update',
    webhook: {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: example.businessAccountId,
          changes: [
            { field: 'message_template_status_update', value: { event: 'APPROVED', message_template_name: 'x' } },
          ],
        },
      ],
    },
    read: [],
  },
]
