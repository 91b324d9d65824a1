import { expect, test } from 'vitest'
import { localInput, snoozeTimes } from './snooze-times.ts'

// 25 November 2026 is a Wednesday
const wednesday = (hour: number, minute = 0) => new Date(2026, 10, 25, hour, minute)

test('later today is three hours on, to the next quarter', () => {
  expect(snoozeTimes(wednesday(10, 4)).laterToday).toEqual(wednesday(13, 15))
})

test('late in the evening there is no later today', () => {
  expect(snoozeTimes(wednesday(21, 30)).laterToday).toBeNull()
})

test('tomorrow and next Monday begin at nine', () => {
  expect(snoozeTimes(wednesday(10)).tomorrow).toEqual(new Date(2026, 10, 26, 9))
  expect(snoozeTimes(wednesday(10)).nextMonday).toEqual(new Date(2026, 10, 30, 9))
})

test('on a Monday the next one is a week away, on a Sunday it is tomorrow', () => {
  expect(snoozeTimes(new Date(2026, 10, 30, 8)).nextMonday).toEqual(new Date(2026, 11, 7, 9))
  expect(snoozeTimes(new Date(2026, 10, 29, 8)).nextMonday).toEqual(new Date(2026, 10, 30, 9))
})

test('a moment is written for the date field', () => {
  expect(localInput(new Date(2026, 0, 5, 9, 7))).toBe('2026-01-05T09:07')
})
