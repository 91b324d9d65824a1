import { expect, test } from 'vitest'
import type { Incoming } from '../adapter.ts'
import { parseEvents } from './parse-events.ts'

const line = (contactIdType: 'phone' | 'custom' = 'phone') => ({
  publicId: 'gfd8g7fd89dgfd00',
  settings: { kind: 'custom' as const, apiBaseUrl: 'https://integrator.example', contactIdType },
})

const call = (events: readonly unknown[], more: Record<string, unknown> = {}) =>
  Buffer.from(JSON.stringify({ channelId: 'gfd8g7fd89dgfd00', contactId: '+60177872890', events, ...more }))

const parse = (events: readonly unknown[], more: Record<string, unknown> = {}, type: 'phone' | 'custom' = 'phone') =>
  parseEvents(line(type), call(events, more))

const event = (message: unknown, more: Record<string, unknown> = {}) => ({
  type: 'message',
  mId: 'm-1',
  timestamp: 1_600_000_000_000,
  message,
  ...more,
})

test('a text and who it is from', () => {
  const contact = {
    firstName: 'Ana',
    lastName: 'Pérez',
    profilePic: 'https://pics.example/ana.jpg',
    countryCode: 'my',
    email: 'ana@example.com',
    phone: '+60 17-787 2890',
    language: 'pt-br',
  }
  expect(parse([event({ type: 'text', text: 'hello' })], { contact })).toEqual([
    {
      type: 'message',
      extId: 'm-1',
      sentAt: new Date('2020-09-13T12:26:40Z'),
      sender: {
        address: '+60177872890',
        addressKey: 'p:+60177872890',
        profileName: 'Ana Pérez',
        firstName: 'Ana',
        lastName: 'Pérez',
        pictureUrl: 'https://pics.example/ana.jpg',
        email: 'ana@example.com',
        phone: '+60177872890',
        country: 'MY',
        language: 'pt-BR',
      },
      body: { type: 'text', text: 'hello' },
      files: [],
    },
  ])
})

test('without a contact block there is only the address', () => {
  const [item] = parse([event({ type: 'text', text: 'x' })]) as [Incoming & { type: 'message' }]
  expect(item.sender).toMatchObject({
    profileName: null,
    firstName: null,
    email: null,
    phone: '+60177872890',
    pictureUrl: null,
  })
})

test('an id of the integrator’s own is an address, and a phone beside it is known of the person', () => {
  const [item] = parse(
    [event({ type: 'text', text: 'x' })],
    { contactId: 'user/42=', contact: { phone: '+34600000142' } },
    'custom',
  ) as [Incoming & { type: 'message' }]
  expect(item.sender).toMatchObject({ address: 'user/42=', addressKey: 'cc:user/42=', phone: '+34600000142' })
})

test('a phone nobody can read is an address all the same', () => {
  const [item] = parse([event({ type: 'text', text: 'x' })], { contactId: 'ext 12' }) as [
    Incoming & { type: 'message' },
  ]
  expect(item.sender).toMatchObject({ address: 'ext 12', addressKey: 'cc:ext 12' })
})

test.each([
  [
    'an attachment',
    { type: 'attachment', attachment: { type: 'image', url: 'https://f.example/a/cat.png', mimeType: 'image/png' } },
    { type: 'attachment', text: null },
    [
      {
        kind: 'image',
        name: 'cat.png',
        type: 'image/png',
        contentId: null,
        content: { source: { url: 'https://f.example/a/cat.png' } },
      },
    ],
  ],
  [
    'an attachment with a name and words',
    {
      type: 'attachment',
      attachment: { type: 'file', url: 'https://f.example/?id=1', fileName: 'a.pdf', description: 'See' },
    },
    { type: 'attachment', text: 'See' },
    [
      {
        kind: 'file',
        name: 'a.pdf',
        type: 'application/octet-stream',
        contentId: null,
        content: { source: { url: 'https://f.example/?id=1' } },
      },
    ],
  ],
  [
    'a place',
    { type: 'location', latitude: 1.5, longitude: '-2.5', address: 'Here 1' },
    { type: 'location', latitude: 1.5, longitude: -2.5, name: null, address: 'Here 1' },
    [],
  ],
  [
    'a place in an object of its own',
    { type: 'location', location: { latitude: 1, longitude: 2, name: 'Bar' } },
    { type: 'location', latitude: 1, longitude: 2, name: 'Bar', address: null },
    [],
  ],
  [
    'a chosen reply',
    { type: 'quick_reply', text: 'Yes' },
    { type: 'buttons', text: 'Yes', choices: [], chosen: 'Yes' },
    [],
  ],
  [
    'a chosen reply by its title',
    { type: 'quick_reply', title: 'No' },
    { type: 'buttons', text: 'No', choices: [], chosen: 'No' },
    [],
  ],
  ['something new', { type: 'hologram' }, { type: 'unsupported', hint: 'hologram' }, []],
])('%s', (_name, message, body, files) => {
  expect(parse([event(message)])).toMatchObject([{ body, files }])
})

test('what the business said elsewhere stands as its own', () => {
  expect(parse([event({ type: 'text', text: 'x' }, { type: 'message_echo' })])).toMatchObject([
    { type: 'message', echo: true },
  ])
})

test.each([
  [{ status: { value: 'delivered' } }, { status: 'delivered' }],
  [
    { status: { value: 'failed', message: 'No credit' } },
    { status: 'failed', failure: { code: 'rejected', detail: 'No credit' } },
  ],
  [{ status: 'read' }, { status: 'read' }],
  [
    { status: 'failed', error: { message: 'Blocked' } },
    { status: 'failed', failure: { code: 'rejected', detail: 'Blocked' } },
  ],
])('the receipt %j', (given, expected) => {
  expect(parse([{ type: 'message_status', mId: 'm-9', timestamp: 1_600_000_000_000, ...given }])).toMatchObject([
    { type: 'status', extId: 'm-9', at: new Date('2020-09-13T12:26:40Z'), ...expected },
  ])
})

test('of a hundred events the malformed one is set aside with its raw form, the others go on', () => {
  const bad = { type: 'message', mId: { $ne: null }, message: { type: 'text', text: 'x' } }
  const items = parse(
    Array.from({ length: 100 }, (_, at) =>
      at === 37 ? bad : event({ type: 'text', text: String(at) }, { mId: `m-${at}` }),
    ),
  )
  expect(items.filter((item) => item.type === 'message')).toHaveLength(99)
  expect(items[37]).toMatchObject({ type: 'unreadable', raw: bad })
})

test.each([
  ['a text that is a list', event({ type: 'text', text: ['a'] })],
  ['a file at a path', event({ type: 'attachment', attachment: { type: 'file', url: '/etc/passwd' } })],
  ['a file at a file address', event({ type: 'attachment', attachment: { type: 'file', url: 'file:///etc/passwd' } })],
  ['a file by path', event({ type: 'attachment', attachment: { type: 'file', path: '/etc/passwd' } })],
  ['a place in words', event({ type: 'location', latitude: 'north', longitude: 0 })],
  ['an event of another kind', { type: 'typing' }],
  ['a receipt that says nothing', { type: 'message_status', mId: 'm' }],
  ['a receipt of an unknown kind', { type: 'message_status', mId: 'm', status: 'teleported' }],
  ['null', null],
  ['a number', 7],
])('%s is set aside', (_name, item) => {
  expect(parse([item])).toMatchObject([{ type: 'unreadable' }])
})

test('values of a person that are no text are as if they were not there', () => {
  const contact = {
    firstName: { $ne: null },
    lastName: 7,
    email: ['a@x', 'b@y'],
    profilePic: 'javascript:alert(1)',
    countryCode: 'Spain',
    language: '??',
  }
  const [item] = parse([event({ type: 'text', text: 'x' })], { contact }) as [Incoming & { type: 'message' }]
  expect(item.sender).toMatchObject({
    firstName: null,
    lastName: null,
    email: null,
    pictureUrl: null,
    country: null,
    language: null,
  })
})
