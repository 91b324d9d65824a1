import { expect, test } from 'vitest'
import { decideEvent } from './decide-event.ts'

const clean = { attempts: 1, error: null, unreadable: null, unmatched: false, away: false }

test('an event that went well is done', () => {
  expect(decideEvent(clean)).toEqual({ state: 'done', note: null })
})

test('a failing event is tried again, later each time, and set aside in the end', () => {
  const fates = Array.from({ length: 8 }, (_, at) => decideEvent({ ...clean, attempts: at + 1, error: 'broken' }))
  const delays = fates.flatMap((fate) => (fate.state === 'pending' ? [fate.delaySeconds] : []))
  expect(delays).toEqual(delays.toSorted((a, b) => a - b))
  expect(delays).toHaveLength(7)
  expect(fates.at(-1)).toEqual({ state: 'aside', note: 'broken' })
})

test('an unreadable item sets its event aside at once, but only when nothing of it waits', () => {
  expect(decideEvent({ ...clean, unreadable: 'type' })).toEqual({ state: 'aside', note: 'type' })
  expect(decideEvent({ ...clean, unreadable: 'type', unmatched: true }).state).toBe('pending')
  expect(decideEvent({ ...clean, unreadable: 'type', unmatched: true, attempts: 99 }).state).toBe('aside')
})

test('a receipt that nothing matches is kept for a while and then ends quietly', () => {
  expect(decideEvent({ ...clean, unmatched: true }).state).toBe('pending')
  expect(decideEvent({ ...clean, unmatched: true, attempts: 99 })).toEqual({ state: 'done', note: 'unmatched' })
})
