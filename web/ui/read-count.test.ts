import { expect, test } from 'vitest'
import { readCount } from './read-count.ts'

test.each(['1248', '1.248', '1,248', '1 248', '1\u202f248', '1’248', ' 1248 '])('%j is 1 248', (text) =>
  expect(readCount(text)).toBe(1248),
)
test('longer ones too', () => expect(readCount('1.234.567')).toBe(1_234_567))
test.each(['', '12.48', '1.24', 'mil', '-3', '1e3', '12,3456'])('%j is none', (text) =>
  expect(readCount(text)).toBeNull(),
)
