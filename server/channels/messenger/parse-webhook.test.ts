import { expect, test } from 'vitest'
import { did, echoed, page, pageWebhook, said } from '../../testing/messenger-webhooks.ts'
import { fixtures } from './fixtures.ts'
import { accountsOf, parseWebhook } from './parse-webhook.ts'

const bytes = (payload: unknown) => Buffer.from(JSON.stringify(payload))
const account = { object: 'page', id: page.id, publicId: 'own' } as const
const parse = (payload: unknown) => parseWebhook(account, bytes(payload))

test.each(fixtures)('$name', ({ event, read }) => {
  const items = parse(pageWebhook([event]))
  expect(items).toHaveLength(read.length)
  read.forEach((item, at) => expect(items[at]).toMatchObject(item))
})

test('what another app of the page has in hand stands in the thread all the same', () => {
  expect(parse(pageWebhook([said({ text: 'hola' })], page.id, 'standby'))).toMatchObject([{ type: 'message' }])
})

test('of a hundred events the malformed one is set aside with its raw form, the others go on', () => {
  const bad = said({ mid: 37, text: 'x' })
  const events = Array.from({ length: 100 }, (_, at) => (at === 37 ? bad : said({ mid: `m_${at}`, text: `n ${at}` })))
  const items = parse(pageWebhook(events))
  expect(items.filter((item) => item.type === 'message')).toHaveLength(99)
  expect(items[37]).toMatchObject({ type: 'unreadable', raw: bad })
})

test.each([
  ['nobody’s message', { message: { mid: 'm_1', text: 'x' } }],
  ['one of somebody without an id', { ...said({ text: 'x' }), sender: { user_ref: 'x' } }],
  ['one from the page to itself', echoed({ text: 'x' }, { recipient: { id: page.id } })],
  ['a sender that is an object', { ...said({ text: 'x' }), sender: { id: { $ne: null } } }],
  ['a reaction to nothing', did({ reaction: { action: 'react', emoji: '👍' } })],
  ['a button without words', did({ postback: { payload: 'x' } })],
  ['an event of a kind that nobody knows yet', did({ teleported: {} })],
  ['null', null],
  ['a list', []],
])('%s is set aside', (_name, event) => {
  expect(parse(pageWebhook([event]))).toMatchObject([{ type: 'unreadable' }])
})

test.each(['not json', '[]', 'null', '{"object":"instagram","entry":[]}', '{"object":"page","entry":{"id":1}}'])(
  'what is no webhook of the page is set aside whole: %s',
  (text) => {
    expect(parseWebhook(account, Buffer.from(text))).toMatchObject([{ type: 'unreadable' }])
  },
)

test('what was said to another page of the app is left to its line', () => {
  const payload = bytes(pageWebhook([said({ text: 'x' })], '999'))
  expect(parseWebhook(account, payload)).toEqual([])
  expect(accountsOf('page', payload)).toEqual(['999'])
  expect(accountsOf('instagram', payload)).toEqual([])
  expect(accountsOf('page', Buffer.from('nothing'))).toEqual([])
})

test('an address of a file that is none is no file', () => {
  const items = parse(pageWebhook([said({ attachments: [{ type: 'image', payload: { url: 'nowhere' } }] })]))
  expect(items).toMatchObject([{ body: { type: 'unsupported', hint: 'image' } }])
})

test('an echo of ours names the message by the mark it went out with; another’s mark names none', () => {
  const ours = (metadata: string) => {
    const [item] = parse(pageWebhook([echoed({ text: 'x', metadata })]))
    return item?.type === 'message' ? item.ours : undefined
  }
  expect(ours('ficha:own:1732442400000000')).toBe(1732442400000000)
  for (const other of ['', 'ficha:other:7', 'ficha:own:', 'ficha:own:x', 'ficha:own:-1']) expect(ours(other)).toBeNull()
})
