import { expect, test } from 'vitest'
import { readJson } from './read-json.ts'

test('whatever comes can be stored', () => {
  const body = Buffer.concat([
    Buffer.from('{"a":"x\\u0000y\\ud800","b":"'),
    Buffer.from([0xff, 0xe9]),
    Buffer.from('ñ👍"}'),
  ])
  expect(readJson(body)).toEqual({ a: 'x�y�', b: '��ñ👍' })
})

test('keys that could reach a prototype are dropped at every depth', () => {
  const read = readJson(
    Buffer.from('[{"__proto__":{"admin":true},"deep":{"constructor":{"prototype":{"admin":true}},"kept":1}}]'),
  )
  expect(read).toEqual([{ deep: { kept: 1 } }])
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test.each(['', 'not json', '{"a":1', '['.repeat(200_000)])('%.20s is nothing', (text) => {
  expect(readJson(Buffer.from(text))).toBeUndefined()
})
