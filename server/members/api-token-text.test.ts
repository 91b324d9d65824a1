import { expect, test } from 'vitest'
import { readApiToken, writeApiToken } from './api-token-text.ts'

const claims = { iat: 1_760_000_000, id: 3, spaceId: 7, orgId: 7, type: 'api' as const }
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token says what its holder may look up, and is read back', () => {
  const token = writeApiToken(claims, 'key')
  expect(token.split('.')).toHaveLength(3)
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toEqual(claims)
  expect(readApiToken(token, 'key')).toEqual(claims)
})

test('only what we signed is read, with the algorithm we chose', () => {
  const token = writeApiToken(claims, 'key')
  const [head, , signature] = token.split('.')
  expect(readApiToken(token, 'other')).toBeNull()
  expect(readApiToken(`${head}.${part({ ...claims, spaceId: 8 })}.${signature}`, 'key')).toBeNull()
  expect(readApiToken(`${part({ alg: 'none' })}.${part(claims)}.`, 'key')).toBeNull()
})

test.each(['', '.', '..', 'a.b', 'a.b.c.d', '%ZZ.%ZZ.%ZZ', 'a.b.\u0000', 'x'.repeat(70_000)])(
  'nonsense is no token: %#',
  (token) => {
    expect(readApiToken(token, 'key')).toBeNull()
  },
)
