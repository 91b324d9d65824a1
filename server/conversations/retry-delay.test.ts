import { expect, test } from 'vitest'
import { retryDelay } from './retry-delay.ts'

const after = (attempts: number) => ({ attempts, queuedAt: new Date() })

test('delays grow, stay below two and a half hours, and end after about a day', () => {
  const delays: number[] = []
  for (let attempt = 1; ; attempt++) {
    const delay = retryDelay(after(attempt), 0)
    if (delay === null) break
    delays.push(delay)
  }
  expect(delays.slice(0, 4)).toEqual([5, 15, 45, 135])
  expect(Math.max(...delays)).toBe(7200)
  const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3600
  expect(hours).toBeGreaterThan(20)
  expect(hours).toBeLessThan(26)
})

test('a provider that asks for patience gets it, within reason', () => {
  expect(retryDelay(after(1), 0, 60)).toBe(60)
  expect(retryDelay(after(1), 0, 1_000_000)).toBe(7200)
})

test('what failed together does not come back together', () => {
  expect(retryDelay(after(3), 0.99)).toBeGreaterThan(retryDelay(after(3), 0)!)
})

test('what has waited for a day is given up, however rarely it was tried', () => {
  const yesterday = new Date(Date.now() - 25 * 3600 * 1000)
  expect(retryDelay({ attempts: 2, queuedAt: yesterday }, 0)).toBeNull()
  expect(retryDelay({ attempts: 2, queuedAt: new Date(Date.now() - 23 * 3600 * 1000) }, 0)).toBe(15)
})
