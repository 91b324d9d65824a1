import type { Message } from '@grammyjs/types'
import { expect, test } from 'vitest'
import { telegramMessage } from '../../testing/telegram-updates.ts'
import { readUpdate } from './read-update.ts'

const read = (update: unknown) => readUpdate(Buffer.from(JSON.stringify(update)))
const file = { file_id: 'id', file_unique_id: 'u', file_size: 3 }

test.each<[string, Partial<Message>, object]>([
  ['a text', { text: 'Hola' }, { body: { type: 'text', text: 'Hola' } }],
  [
    'a voice',
    { voice: { ...file, duration: 2, mime_type: 'audio/ogg' } },
    { files: [{ kind: 'audio', type: 'audio/ogg', name: 'voice.ogg' }] },
  ],
  [
    'a song',
    { audio: { ...file, duration: 2, file_name: 'son.mp3', mime_type: 'audio/mpeg' } },
    { files: [{ kind: 'audio', name: 'son.mp3' }] },
  ],
  [
    'a document',
    { document: { ...file, file_name: 'precios.pdf', mime_type: 'application/pdf' }, caption: 'Aquí' },
    { body: { text: 'Aquí' }, files: [{ kind: 'file', name: 'precios.pdf', type: 'application/pdf' }] },
  ],
  [
    'an animation, which also says it is a document',
    { animation: { ...file, width: 1, height: 1, duration: 1 }, document: file },
    { files: [{ kind: 'video', name: 'animation.mp4' }] },
  ],
  [
    'a round film',
    { video_note: { ...file, length: 1, duration: 1 } },
    { files: [{ kind: 'video', name: 'video_note.mp4' }] },
  ],
  [
    'a sticker',
    { sticker: { ...file, type: 'regular', width: 1, height: 1, is_animated: false, is_video: false, emoji: '😀' } },
    { body: { text: '😀' }, files: [{ kind: 'image', type: 'image/webp' }] },
  ],
  [
    'a sticker that moves',
    { sticker: { ...file, type: 'regular', width: 1, height: 1, is_animated: true, is_video: false } },
    { files: [{ kind: 'file', name: 'sticker.tgs' }] },
  ],
  [
    'a place',
    { location: { latitude: 40.4, longitude: -3.7 } },
    { body: { type: 'location', latitude: 40.4, longitude: -3.7, name: null } },
  ],
  [
    'a place with a name, which also says it is a location',
    {
      venue: { location: { latitude: 40.4, longitude: -3.7 }, title: 'Sol', address: 'Madrid' },
      location: { latitude: 40.4, longitude: -3.7 },
    },
    { body: { type: 'location', name: 'Sol', address: 'Madrid' } },
  ],
  [
    'somebody else’s number',
    { contact: { phone_number: '+34600000199', first_name: 'Eva', last_name: 'Gil', user_id: 7 } },
    { body: { contacts: [{ name: 'Eva Gil', phones: ['+34600000199'] }] }, sender: { phone: null } },
  ],
  ['what is not known', { dice: { emoji: '🎲', value: 3 } }, { body: { type: 'unsupported', hint: 'dice' } }],
])('%s is read', (_name, content, expected) => {
  expect(read(telegramMessage(content))).toMatchObject([{ type: 'message', ...expected }])
})

test('what nobody said is no message, and what cannot be understood is set aside', () => {
  expect(read(telegramMessage({ pinned_message: { message_id: 1 } as never }))).toEqual([])
  expect(read({ update_id: 1, my_chat_member: {} })).toEqual([])
  expect(read({ update_id: 1, message: { text: 'no chat' } })).toMatchObject([{ type: 'unreadable' }])
  expect(read({ hello: 'world' })).toMatchObject([{ type: 'unreadable' }])
  expect(readUpdate(Buffer.from('<html>'))).toMatchObject([{ type: 'unreadable', raw: '<html>' }])
})
