import { expect, test } from 'vitest'
import { paceOf } from './pace-of.ts'

test.each([
  ['+14155550142', 1],
  ['+18885550142', 3],
  ['+34600000142', 10],
  ['26422', 100],
  ['MG0123456789abcdef0123456789abcdef', undefined],
])('from %s carriers take %s a second', (sender, perSecond) => {
  expect(paceOf(sender).perSecond).toBe(perSecond)
})
