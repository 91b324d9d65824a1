import { onInstagram } from '../../testing/messenger-webhooks.ts'
import { file, type Fixture } from '../messenger/fixtures.ts'

const { said, did, echoed } = onInstagram
const earlier = 'aWdfZAG1fYXJsaWVyOjE6SUdNZAXNzYWdl'
const cdn = 'https://lookaside.fbsbx.com/ig_messaging_cdn'
const source = 'instagram-messaging/webhooks'

/** One event of every kind that Instagram sends, in its published form; what it shares with Messenger is there. */
export const fixtures: readonly Fixture[] = [
  {
    name: 'a text',
    source,
    event: said({ text: 'hola' }),
    read: [
      {
        type: 'message',
        sender: { address: '1234567890123456', addressKey: '1234567890123456', profileName: null },
        body: { type: 'text', text: 'hola' },
      },
    ],
  },
  {
    name: 'a picture',
    source,
    event: said({ attachments: [{ type: 'image', payload: { url: `${cdn}/?asset_id=1&signature=2` } }] }),
    read: [{ type: 'message', files: [file('image', 'image', `${cdn}/?asset_id=1&signature=2`)] }],
  },
  {
    name: 'words to a story of ours',
    source,
    event: said({ text: '¡Qué bonita!', reply_to: { story: { url: `${cdn}/?asset_id=3`, id: '17855' } } }),
    read: [
      {
        type: 'message',
        body: { type: 'story', cause: 'reply', text: '¡Qué bonita!', url: `${cdn}/?asset_id=3` },
        files: [],
      },
    ],
  },
  {
    name: 'a story that names us, of which nothing may be kept but its address',
    source: 'instagram-messaging/features/story-mention',
    event: said({ attachments: [{ type: 'story_mention', payload: { url: `${cdn}/?asset_id=4` } }] }),
    read: [
      { type: 'message', body: { type: 'story', cause: 'mention', text: null, url: `${cdn}/?asset_id=4` }, files: [] },
    ],
  },
  {
    name: 'a story without an address that could be opened',
    source: 'instagram-messaging/features/story-mention',
    event: said({ attachments: [{ type: 'story_mention', payload: { url: 'javascript:alert(1)' } }] }),
    read: [{ type: 'message', body: { type: 'story', cause: 'mention', text: null, url: null } }],
  },
  {
    name: 'a post that was shared',
    source,
    event: said({ attachments: [{ type: 'share', payload: { url: 'https://www.instagram.com/p/x/' } }] }),
    read: [{ type: 'message', body: { type: 'text', text: 'https://www.instagram.com/p/x/' } }],
  },
  {
    name: 'a reel',
    source,
    event: said({
      attachments: [{ type: 'ig_reel', payload: { reel_video_id: '1', title: 'Mesas', url: `${cdn}/?asset_id=5` } }],
    }),
    read: [{ type: 'message', body: { type: 'text', text: `Mesas\n${cdn}/?asset_id=5` } }],
  },
  {
    name: 'a picture that is gone once it was seen',
    source,
    event: said({ attachments: [{ type: 'ephemeral' }] }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'ephemeral' } }],
  },
  {
    name: 'a message of a kind the API does not carry',
    source,
    event: said({ is_unsupported: true }),
    read: [{ type: 'message', body: { type: 'unsupported', hint: 'unsupported' } }],
  },
  {
    name: 'a message that was taken back',
    source,
    event: said({ mid: earlier, is_deleted: true }),
    read: [{ type: 'unsend', targetExtId: earlier }],
  },
  {
    name: 'a message of ours that was taken back in Instagram’s own app',
    source,
    event: echoed({ mid: earlier, is_deleted: true }),
    read: [
      {
        type: 'unsend',
        targetExtId: earlier,
        sender: { address: '1234567890123456', addressKey: '1234567890123456', profileName: null },
      },
    ],
  },
  {
    name: 'a quick reply that was pressed',
    source,
    event: said({ text: 'Mañana', quick_reply: { payload: 'choice-1' } }),
    read: [{ type: 'message', body: { type: 'buttons', text: 'Mañana', choices: [], chosen: 'Mañana' } }],
  },
  {
    name: 'an icebreaker that was pressed',
    source,
    event: did({ postback: { mid: 'm_ice', title: '¿A qué hora abren?', payload: 'HOURS' } }),
    read: [
      {
        type: 'message',
        extId: 'm_ice',
        body: { type: 'buttons', chosen: '¿A qué hora abren?', text: '¿A qué hora abren?', choices: [] },
      },
    ],
  },
  {
    name: 'a reaction by its name',
    source,
    event: did({ reaction: { mid: earlier, action: 'react', reaction: 'love' } }),
    read: [{ type: 'reaction', targetExtId: earlier, emoji: '❤️' }],
  },
  {
    name: 'what was read, which is told by the message',
    source,
    event: did({ read: { mid: earlier } }),
    read: [{ type: 'status', extId: earlier, status: 'read' }],
  },
  {
    name: 'what was said from here, which nothing marks as ours or not',
    source,
    event: echoed({ text: 'Abrimos a las nueve' }),
    read: [{ type: 'message', echo: true, body: { type: 'text', text: 'Abrimos a las nueve' } }],
  },
]
