import { expect, test } from 'vitest'
import { openPace } from './pace.ts'

test('no more leave than so many a second, however greedily they are taken, and hardly fewer', () => {
  for (const perSecond of [1, 3, 80, 1000]) {
    const pace = openPace(perSecond, 0)
    let left = 0
    for (let now = 0; now <= 10_000; now += 7) left += pace.take(64, now)
    expect(left).toBeLessThanOrEqual(perSecond * 10 + Math.max(1, perSecond * 0.2))
    expect(left).toBeGreaterThanOrEqual(perSecond * 10 - 1)
  }
})

test('what was taken and not used is free again, and when the next one is free can be told', () => {
  const pace = openPace(2, 0)
  expect(pace.take(5, 0)).toBe(1)
  expect(pace.wait(0)).toBe(500)
  pace.giveBack(1)
  expect(pace.wait(0)).toBe(0)
  expect(pace.take(5, 0)).toBe(1)
  expect(pace.take(5, 250)).toBe(0)
  expect(pace.take(5, 500)).toBe(1)
})

test('without a number as many leave as one likes', () => {
  const pace = openPace(undefined, 0)
  expect([pace.take(1000, 0), pace.wait(0)]).toEqual([1000, 0])
})
