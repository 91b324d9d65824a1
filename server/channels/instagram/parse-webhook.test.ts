import { expect, test } from 'vitest'
import { account, instagramWebhook, onInstagram, pageWebhook } from '../../testing/messenger-webhooks.ts'
import { parseWebhook } from '../messenger/parse-webhook.ts'
import { fixtures } from './fixtures.ts'

const parse = (payload: unknown) =>
  parseWebhook({ object: 'instagram', id: account.id, publicId: 'own' }, Buffer.from(JSON.stringify(payload)))

test.each(fixtures)('$name', ({ event, read }) => {
  const items = parse(instagramWebhook([event]))
  expect(items).toHaveLength(read.length)
  read.forEach((item, at) => expect(items[at]).toMatchObject(item))
})

test('nothing says of an echo whose it is', () => {
  const [item] = parse(instagramWebhook([onInstagram.echoed({ text: 'x', metadata: 'ficha:own:7' })]))
  expect(item).not.toHaveProperty('ours')
})

test('a page’s webhook is none of Instagram’s', () => {
  expect(parse(pageWebhook([onInstagram.said({ text: 'x' })]))).toMatchObject([{ type: 'unreadable' }])
})
