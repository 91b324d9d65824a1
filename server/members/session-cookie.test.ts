import { expect, test } from 'vitest'
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts'

const plain = { secret: 'a key', secure: false }
const pairOf = (line: string) => line.slice(0, line.indexOf(';'))

test('a cookie of ours is read back, among others', () => {
  const pair = pairOf(writeSessionCookie('token-1', plain))
  expect(readSessionCookie(`theme=dark; ${pair}; x=1`, plain)).toBe('token-1')
})

test('behind HTTPS the browser is told to keep it there', () => {
  const secure = { ...plain, secure: true }
  const line = writeSessionCookie('token-1', secure)
  expect(line).toMatch(/^__Secure-ficha_session=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  expect(readSessionCookie(pairOf(line), secure)).toBe('token-1')
  expect(readSessionCookie(pairOf(line), plain)).toBeNull()
})

test.each([
  undefined,
  '',
  'ficha_session',
  'ficha_session=',
  'ficha_session=%ZZ',
  'ficha_session=.',
  'ficha_session=token-1',
  'ficha_session=token-1.',
  `ficha_session=${'a'.repeat(60_000)}`,
  `ficha_session=token-1.${'A'.repeat(43)}=`,
  'ficha_session=%00.%00',
])('no session in %j', (header) => {
  expect(readSessionCookie(header, plain)).toBeNull()
})

test('a changed token, a changed signature and another key are all refused', () => {
  const pair = pairOf(writeSessionCookie('token-1', plain))
  expect(readSessionCookie(pair.replace('token-1', 'token-2'), plain)).toBeNull()
  expect(readSessionCookie(`${pair}x`, plain)).toBeNull()
  expect(readSessionCookie(pair, { ...plain, secret: 'another key' })).toBeNull()
})
