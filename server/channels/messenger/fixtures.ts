import type { Incoming, IncomingFile } from '../adapter.ts'
import { did, echoed, said } from '../../testing/messenger-webhooks.ts'

export interface Fixture {
  readonly name: string
  /** The page whose published payload this follows, below developers.facebook.com/documentation/business-messaging. */
  readonly source: string
  readonly event: unknown
  readonly read: readonly (Incoming extends infer Item ? (Item extends Incoming ? Partial<Item> : never) : never)[]
}

const mid = 'm_toDnmD0hpPtaPJ1Dt1uvWw'
const earlier = 'm_1fTq8oLumEyIp3Q2MR-aY7IfLZDamVrALniheU'
const cdn = 'https://scontent.xx.fbcdn.net/v/t1.15752-9'
const page = (name: string) => `messenger-platform/webhooks/webhook-events/${name}`

export const file = (kind: IncomingFile['kind'], name: string, url: string): IncomingFile => ({
  kind,
  name,
  type: 'application/octet-stream',
  contentId: null,
  content: { source: { url } },
})

const sticker = { url: `${cdn}/39178562_1505197616293642_n.png?_nc_cat=1`, sticker_id: 369239263222822 }

/** One event of every kind that Messenger sends, in its published form. */
export const fixtures: readonly Fixture[] = [
  {
    name: 'a text',
    source: page('messages'),
    event: said({ text: 'hello, world!' }),
    read: [
      {
        type: 'message',
        extId: mid,
        sentAt: new Date('2020-03-02T18:27:46.767Z'),
        sender: { address: '2345678901234567', addressKey: '2345678901234567', profileName: null },
        body: { type: 'text', text: 'hello, world!' },
        files: [],
      },
    ],
  },
  {
    name: 'a quick reply that was pressed',
    source: page('messages'),
    event: said({ text: 'Red', quick_reply: { payload: 'choice-1' } }),
    read: [{ type: 'message', body: { type: 'buttons', text: 'Red', choices: [], chosen: 'Red' } }],
  },
  {
    name: 'an answer to an earlier message',
    source: page('messages'),
    event: said({ text: 'This one', reply_to: { mid: earlier, is_self_reply: false } }),
    read: [{ type: 'message', body: { type: 'text', text: 'This one' }, replyToExtIds: [earlier] }],
  },
  {
    name: 'pictures, of which several come at once',
    source: page('messages'),
    event: said({
      attachments: [
        { type: 'image', payload: { url: `${cdn}/1_n.jpg?oh=2` } },
        { type: 'image', payload: { url: `${cdn}/2_n.jpg?oh=3` } },
      ],
    }),
    read: [
      {
        type: 'message',
        body: { type: 'attachment', text: null },
        files: [file('image', '1_n.jpg', `${cdn}/1_n.jpg?oh=2`), file('image', '2_n.jpg', `${cdn}/2_n.jpg?oh=3`)],
      },
    ],
  },
  ...(['video', 'audio', 'file'] as const).map((type): Fixture => {
    const url = `${cdn}/Contrato%20n%C2%BA%203.${type === 'file' ? 'pdf' : 'mp4'}?oh=4`
    return {
      name: `one file of the type ${type}`,
      source: page('messages'),
      event: said({ attachments: [{ type, payload: { url } }] }),
      read: [{ type: 'message', files: [file(type, `Contrato nº 3.${type === 'file' ? 'pdf' : 'mp4'}`, url)] }],
    }
  }),
  {
    name: 'a sticker as it comes until the end of August 2026: twice, and stands once',
    source: page('messages'),
    event: said({
      sticker_id: 369239263222822,
      attachments: [
        { type: 'image', payload: sticker },
        { type: 'sticker', payload: sticker },
      ],
    }),
    read: [{ type: 'message', files: [file('image', '39178562_1505197616293642_n.png', sticker.url)] }],
  },
  {
    name: 'a sticker as it came before, and as it comes after',
    source: page('messages'),
    event: said({ attachments: [{ type: 'sticker', payload: sticker }] }),
    read: [{ type: 'message', files: [file('image', '39178562_1505197616293642_n.png', sticker.url)] }],
  },
  {
    name: 'a place',
    source: 'messenger-platform/send-messages/quick-replies',
    event: said({
      attachments: [{ type: 'location', title: 'Ana’s Location', payload: { coordinates: { lat: 40.4, long: -3.7 } } }],
    }),
    read: [
      {
        type: 'message',
        body: { type: 'location', latitude: 40.4, longitude: -3.7, name: 'Ana’s Location', address: null },
      },
    ],
  },
  {
    name: 'an address that was shared, with what it is called',
    source: page('messages'),
    event: said({
      text: 'Look',
      attachments: [{ type: 'fallback', payload: { url: 'https://shop.example/tables', title: 'Tables' } }],
    }),
    read: [{ type: 'message', body: { type: 'text', text: 'Look\nTables\nhttps://shop.example/tables' } }],
  },
  {
    name: 'an address in a text, which comes as both',
    source: page('messages'),
    event: said({
      text: 'https://shop.example/tables',
      attachments: [{ type: 'fallback', payload: { url: 'https://shop.example/tables', title: 'Tables' } }],
    }),
    read: [{ type: 'message', body: { type: 'text', text: 'https://shop.example/tables' } }],
  },
  {
    name: 'a reel',
    source: page('messages'),
    event: said({ attachments: [{ type: 'reel', payload: { url: 'https://fb.example/reel/1', title: 'New' } }] }),
    read: [{ type: 'message', body: { type: 'text', text: 'New\nhttps://fb.example/reel/1' } }],
  },
  {
    name: 'a share that cannot be shown, which comes without anything',
    source: page('messages'),
    event: said({ attachments: [{ type: 'fallback' }] }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'fallback' } }],
  },
  {
    name: 'an attachment of a kind that nobody knows yet',
    source: page('messages'),
    event: said({ attachments: [{ type: 'hologram', payload: { id: 1 } }] }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'hologram' } }],
  },
  {
    name: 'a button that was pressed',
    source: page('messaging_postbacks'),
    event: did({ postback: { mid: 'm_postback', title: 'Get started', payload: 'START' } }),
    read: [
      {
        type: 'message',
        extId: 'm_postback',
        body: { type: 'buttons', text: 'Get started', choices: [], chosen: 'Get started' },
      },
    ],
  },
  {
    name: 'a reaction',
    source: page('message-reactions'),
    event: did({ reaction: { reaction: 'love', emoji: '\u2764\uFE0F', action: 'react', mid: earlier } }),
    read: [{ type: 'reaction', targetExtId: earlier, emoji: '❤️' }],
  },
  {
    name: 'a reaction taken back',
    source: page('message-reactions'),
    event: did({ reaction: { action: 'unreact', mid: earlier } }),
    read: [{ type: 'reaction', targetExtId: earlier, emoji: null }],
  },
  {
    name: 'what was delivered: by name where it is said, and by time',
    source: page('message-deliveries'),
    event: did({ delivery: { mids: [earlier, mid], watermark: 1458668856253 } }),
    read: [
      { type: 'status', extId: earlier, status: 'delivered' },
      { type: 'status', extId: mid, status: 'delivered' },
      { type: 'watermark', status: 'delivered', upTo: new Date(1458668856253) },
    ],
  },
  {
    name: 'what was read, which is told by time alone',
    source: page('message-reads'),
    event: did({ read: { watermark: 1458668856253 } }),
    read: [{ type: 'watermark', status: 'read', upTo: new Date(1458668856253) }],
  },
  {
    name: 'other words for an earlier message',
    source: page('message-edits'),
    event: did({ message_edit: { mid: earlier, text: 'At nine', num_edit: '2' } }),
    read: [{ type: 'edit', targetExtId: earlier, text: 'At nine', revision: 2 }],
  },
  {
    name: 'what the page said by another hand',
    source: page('message-echoes'),
    event: echoed({ text: 'We are open' }),
    read: [
      {
        type: 'message',
        extId: 'm_echo',
        echo: true,
        ours: null,
        sender: { address: '2345678901234567', addressKey: '2345678901234567', profileName: null },
        body: { type: 'text', text: 'We are open' },
      },
    ],
  },
  {
    name: 'what the page said with buttons',
    source: page('message-echoes'),
    event: echoed({
      attachments: [
        {
          type: 'template',
          payload: {
            template_type: 'button',
            text: 'When?',
            buttons: [{ type: 'postback', title: 'Today', payload: 'x' }],
          },
        },
      ],
    }),
    read: [{ type: 'message', echo: true, body: { type: 'buttons', text: 'When?', choices: ['Today'], chosen: null } }],
  },
  {
    name: 'that somebody came by an advertisement, which is no message',
    source: page('messaging_referrals'),
    event: did({ referral: { ref: 'x', source: 'ADS', type: 'OPEN_THREAD' } }),
    read: [],
  },
  {
    name: 'that another app has the thread in hand, which is no message',
    source: page('messaging_handovers'),
    event: did({ pass_thread_control: { new_owner_app_id: '123456789', metadata: '' } }),
    read: [],
  },
]
