import { describe, expect, test } from 'vitest'
import type { Attempt } from './adapter.ts'
import { nextHoldup, type Holdup } from './next-holdup.ts'

const now = new Date('2026-11-29T10:00:00Z')
const after = new Date(now.getTime() + 1)
const next = (
  held: Holdup | null,
  attempt: Attempt,
  more: { setbacks?: number; attempts?: number; hasSentSince?: boolean; begunAt?: Date } = {},
) =>
  nextHoldup(held, attempt, { setbacks: 0, attempts: 1, hasSentSince: false, begunAt: after, now, random: 0, ...more })
const seconds = (held: Holdup | null) => (held === null ? null : (Date.parse(held.until) - now.getTime()) / 1000)
const down: Attempt = { outcome: 'retry', code: 'provider-unavailable', detail: '503' }
const silent: Attempt = { outcome: 'unknown', detail: null }
const limited: Attempt = { outcome: 'retry', code: 'rate-limited', detail: null }

describe('a line rests', () => {
  test('after five setbacks in a row, or one message’s third, and twice as long each time it is tried in vain', () => {
    expect([0, 1, 2, 3, 4].map((setbacks) => next(null, down, { setbacks }) !== null)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
    expect(next(null, silent, { setbacks: 4 })).toMatchObject({ code: 'no-answer' })
    expect(next(null, down, { attempts: 3 })).toMatchObject({ code: 'provider-unavailable', detail: '503', tries: 1 })
    expect(next(null, down, { attempts: 3, hasSentSince: true })).toBeNull()
    let held = next(null, down, { setbacks: 4 })
    const waits = [seconds(held)]
    for (let tries = 0; tries < 7; tries += 1) waits.push(seconds((held = next(held, down))))
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300])
    expect(held?.since).toBe(now.toISOString())
  })

  test('at once when the provider says that it is too much, as long as it says', () => {
    expect(seconds(next(null, { ...limited, afterSeconds: 30 }))).toBe(30)
    expect(seconds(next(null, limited))).toBe(1)
    expect(seconds(next(next(null, limited), limited))).toBe(2)
  })

  test('when it is itself at fault', () => {
    const fault: Attempt = { outcome: 'failed', code: 'token-refused', detail: '401', lineBroken: true }
    expect(next(null, fault)).toMatchObject({ code: 'token-refused', detail: '401' })
    expect(seconds(next(null, fault))).toBe(300)
  })
})

test('a line that has sent, or was reached and refused a message, goes on', () => {
  const held = next(null, down, { setbacks: 4 })
  expect(next(held, { outcome: 'accepted', extId: 'x' })).toBeNull()
  expect(next(held, { outcome: 'failed', code: 'rejected', detail: null })).toBeNull()
  // too much for one contact is not too much for the line
  expect(next(held, { ...limited, contactOnly: true })).toBeNull()
  expect(next(null, { ...limited, contactOnly: true }, { setbacks: 9, attempts: 9 })).toBeNull()
})

test('what had begun before the line rested neither makes the rest longer nor ends it', () => {
  const held = next(null, down, { setbacks: 4 })
  for (const attempt of [down, silent, limited, { outcome: 'accepted', extId: 'x' } as const])
    expect(next(held, attempt, { setbacks: 9, begunAt: now })).toBe(held)
})

test('what rests together does not begin again together', () => {
  const held = nextHoldup(null, down, {
    setbacks: 4,
    attempts: 1,
    hasSentSince: false,
    begunAt: now,
    now,
    random: 0.99,
  })
  expect(seconds(held)).toBeGreaterThan(6)
})
