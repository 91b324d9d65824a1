import { expect, test } from 'vitest'
import { openTraffic } from './traffic.ts'

test('what was asked in the last second counts, and soon no longer', () => {
  let now = 0
  const traffic = openTraffic(() => now)
  expect(traffic.perSecond()).toBe(0)
  for (; now < 900; now += 30) traffic.note()
  expect(traffic.perSecond()).toBe(30)
  now = 1500
  expect(traffic.perSecond()).toBe(30)
  now = 2100
  expect(traffic.perSecond()).toBe(0)
  traffic.note()
  expect(traffic.perSecond()).toBe(1)
})
