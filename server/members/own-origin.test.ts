import { expect, test } from 'vitest'
import { isOwnOrigin } from './own-origin.ts'

test.each([
  [undefined, null, true],
  ['http://127.0.0.1:3000', null, true],
  ['https://ficha.example.com', 'https://ficha.example.com/', true],
  ['https://ficha.example.com', null, false],
  ['https://evil.example', 'https://ficha.example.com', false],
  ['https://ficha.example.com.evil.example', 'https://ficha.example.com', false],
  ['http://127.0.0.1:3001', null, false],
  ['null', null, false],
  ['', null, false],
])('a change asked for from %s with public address %s: %s', (origin, publicUrl, allowed) => {
  expect(isOwnOrigin(origin, 'http://127.0.0.1:3000', publicUrl)).toBe(allowed)
})
