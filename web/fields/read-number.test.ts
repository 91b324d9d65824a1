import { expect, test } from 'vitest'
import { readNumber, writeNumber } from './read-number.ts'

test.each([
  ['es', '1248', 1248],
  ['es', '1.248', 1248],
  ['es', '1.248,5', 1248.5],
  ['es', '12,5', 12.5],
  ['es', '12.5', 12.5],
  ['es', '−3', -3],
  ['en', '1,248.5', 1248.5],
  ['en', '12.5', 12.5],
  ['en', '1 248', 1248],
  ['fr', '1 248,5', 1248.5],
  ['es', 'doce', null],
  ['es', '1,2,3', null],
  ['en', '', null],
] as const)('a number is read as it is written in %s: %s', (tag, typed, number) => {
  expect(readNumber(typed, tag)).toBe(number)
})

test.each(['es', 'en', 'fr', 'de-CH'])('what is written for editing is read as it was: %s', (tag) => {
  for (const number of [0, -12.5, 1248, 1_234_567.25]) expect(readNumber(writeNumber(number, tag), tag)).toBe(number)
})
