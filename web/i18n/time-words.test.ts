import { expect, test } from 'vitest'
import { agoWords, clockWords, dateTimeWords, dayWords, spanWords } from './time-words.ts'

const now = new Date(2026, 10, 22, 10, 45).getTime()
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime()

test('a list says the time today, then yesterday, then the date', () => {
  expect(clockWords(at(2026, 10, 22, 9, 57), now, 'es')).toBe('9:57')
  expect(clockWords(at(2026, 10, 21, 23, 59), now, 'es')).toBe('Ayer')
  expect(clockWords(at(2026, 10, 20, 8, 0), now, 'es')).toBe('20 nov')
  expect(clockWords(at(2025, 2, 12, 8, 0), now, 'en')).toBe('Mar 12, 2025')
})

test('elapsed time is told up to a day, then the date', () => {
  expect(agoWords(now - 4 * 60_000, now, 'es')).toBe('hace 4 min')
  expect(agoWords(now - 3 * 3_600_000, now, 'en')).toBe('3 hr. ago')
  expect(agoWords(now - 26 * 3_600_000, now, 'es')).toBe('21 nov')
})

test('a day line names today and yesterday, else the weekday, and the year when it is another', () => {
  expect(dayWords(now, now, 'es')).toBe('Hoy, 22 de noviembre')
  expect(dayWords(at(2026, 10, 16, 9, 0), now, 'es')).toBe('Lunes, 16 de noviembre')
  expect(dayWords(at(2025, 10, 16, 9, 0), now, 'en')).toContain('2025')
})

test('a length of time is told in its two largest units', () => {
  expect(spanWords(20_000, 'es')).toBe('0 min')
  expect(spanWords(38 * 60_000, 'es')).toBe('38 min')
  expect(spanWords(72 * 60_000, 'es')).toBe('1 h 12 min')
  expect(spanWords(27 * 3_600_000, 'es')).toBe('1 día 3 h')
  expect(spanWords(9 * 24 * 3_600_000 + 3_600_000, 'en')).toBe('9 days')
})

test('a moment is written with date and time', () => {
  expect(dateTimeWords(at(2025, 2, 12, 9, 14), 'es')).toBe('12 mar 2025, 9:14')
})
