import { expect, test } from 'vitest'
import { contact, example, message, status, webhook } from '../../testing/whatsapp-webhooks.ts'
import type { Incoming } from '../adapter.ts'
import { fixtures } from './fixtures.ts'
import { parseWebhook, phoneNumbersOf } from './parse-webhook.ts'

const parse = (payload: unknown) => parseWebhook(example.phoneNumberId, Buffer.from(JSON.stringify(payload)))

const sheena = {
  address: '16505551234',
  addressKey: 'p:+16505551234',
  otherKeys: [`wa:${example.userId}`],
  profileName: 'Sheena Nelson',
  phone: '+16505551234',
  country: null,
}

test.each(fixtures)('$name', ({ webhook: payload, read }) => {
  const items = parse(payload)
  expect(items).toHaveLength(read.length)
  read.forEach((item, at) => expect(items[at]).toMatchObject(item))
})

test('the sender is read with the address as given, its identity key and what else the person is known by', () => {
  const [item] = parse(webhook({ messages: [message('text', { body: 'x' })] })) as [Incoming & { type: 'message' }]
  expect(item.sender).toEqual(sheena)
})

test.each([
  ['5215512345678', 'p:+525512345678'],
  ['5491123456789', 'p:+541123456789'],
  ['551187654321', 'p:+5511987654321'],
  ['999', 'wa:999'],
  ['00000000000', 'wa:00000000000'],
])('the address %s is kept, its key is %s', (waId, addressKey) => {
  const [item] = parse(
    webhook({ contacts: [contact(waId)], messages: [message('text', { body: 'x' }, { from: waId })] }),
  ) as [Incoming & { type: 'message' }]
  expect(item.sender).toMatchObject({ address: waId, addressKey })
})

test('with several contacts the one of the message is taken', () => {
  const items = parse(
    webhook({
      contacts: [contact('34600000142', 'Ana'), contact('34600000143', 'Bea')],
      messages: [message('text', { body: 'x' }, { from: '34600000143', from_user_id: undefined })],
    }),
  )
  expect(items).toMatchObject([{ sender: { profileName: 'Bea' } }])
})

test('of a hundred messages the malformed one is set aside with its raw form, the others go on', () => {
  const bad = { from: example.waId, id: 37, type: 'text', text: 'not an object' }
  const messages = Array.from({ length: 100 }, (_, at) =>
    at === 37 ? bad : message('text', { body: `n ${at}` }, { id: `wamid.${at}` }),
  )
  const items = parse(webhook({ messages }))
  expect(items.filter((item) => item.type === 'message')).toHaveLength(99)
  expect(items[37]).toMatchObject({ type: 'unreadable', raw: bad })
})

test.each([
  ['an image without id', message('image', { mime_type: 'image/png' })],
  ['a text that is an object', message('text', { body: { $ne: null } })],
  ['a place in words', message('location', { latitude: 'north', longitude: 1 })],
  ['nobody’s message', { id: 'wamid.x', type: 'text', timestamp: '1', text: { body: 'x' } }],
  ['a reaction to nothing', message('reaction', { emoji: '👍' })],
  ['an order of nothing', message('order', { product_items: [] })],
  ['a message to a group', message('text', { body: 'x' }, { group_id: 'g' })],
  ['null', null],
  ['a list', []],
  ['a number', 7],
])('%s is set aside', (_name, item) => {
  expect(parse(webhook({ contacts: [], messages: [item] }))).toMatchObject([{ type: 'unreadable' }])
})

test('a receipt of an unknown kind is set aside, one of a deleted message is nothing', () => {
  const items = parse(
    webhook({ statuses: [status('wamid.x', 'teleported'), status('wamid.x', 'deleted'), status('wamid.x', 'read')] }),
  )
  expect(items.map((item) => item.type)).toEqual(['unreadable', 'status'])
})

test.each([
  'not json',
  '[]',
  'null',
  '{"object":"page","entry":[]}',
  '{"object":"whatsapp_business_account","entry":{"changes":1}}',
])('what is no webhook is set aside whole: %s', (text) => {
  expect(parseWebhook(example.phoneNumberId, Buffer.from(text))).toMatchObject([{ type: 'unreadable' }])
})

test('what was said to another number of the app is left to its line', () => {
  const payload = Buffer.from(
    JSON.stringify(webhook({ messages: [message('text', { body: 'x' })] }, { phoneNumberId: '999' })),
  )
  expect(parseWebhook(example.phoneNumberId, payload)).toEqual([])
  expect(parseWebhook('999', payload)).toHaveLength(1)
  expect(phoneNumbersOf(payload)).toEqual(['999'])
  expect(phoneNumbersOf(Buffer.from('nothing'))).toEqual([])
})

test('an impossible time is no time', () => {
  const times = ['', 'tomorrow', '9'.repeat(30), null, undefined, {}]
  const items = parse(webhook({ messages: times.map((timestamp) => message('text', { body: 'x' }, { timestamp })) }))
  expect(items).toHaveLength(times.length)
  for (const item of items) expect(item).toMatchObject({ type: 'message', sentAt: null })
})
