import { expect, test } from 'vitest'
import { openOwnIds } from './own-id.ts'

const ids = openOwnIds('a secret for tests, long enough to be one')
const id = ids.make(7, 1_795_000_000_123_456, 'shop.example')

test('a Message-ID of ours names its message again, also when a mail system has changed its case', () => {
  expect(ids.read(7, id)).toBe(1_795_000_000_123_456)
  expect(ids.read(7, id.toUpperCase())).toBe(1_795_000_000_123_456)
})

test('every attempt to send a message has the same Message-ID', () => {
  expect(ids.make(7, 1_795_000_000_123_456, 'shop.example')).toBe(id)
})

test('an id that was counted up, of another workspace or of another installation names nothing', () => {
  const [, , message = ''] = id.split('.')
  const next = (Number.parseInt(message, 36) + 1).toString(36)
  expect(ids.read(7, id.replace(message, next))).toBeNull()
  expect(ids.read(8, id)).toBeNull()
  expect(openOwnIds('another secret, also long enough to be one').read(7, id)).toBeNull()
  expect(ids.read(7, `x${id}`)).toBeNull()
  expect(ids.read(7, '')).toBeNull()
})

test('ids of ours are found in a bounce that is nothing but text', () => {
  const text = `Your message\r\n  Message-ID: <${id}>\r\ncould not be delivered. <ficha.7.1.${'0'.repeat(32)}@shop.example>`
  expect(ids.find(7, text)).toEqual([id])
  expect(ids.find(8, text)).toEqual([])
})

test('the loop mark is the workspace’s own', () => {
  expect(ids.loopMark(7)).not.toBe(ids.loopMark(8))
})
