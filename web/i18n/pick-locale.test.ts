import { expect, test } from 'vitest'
import { pickLocale, pickRegion } from './pick-locale.ts'

test('a language chosen before wins over the browser', () => {
  expect(pickLocale('es', ['en-GB'])).toBe('es')
})

test('the first known language of the browser is spoken, whatever its region', () => {
  expect(pickLocale(null, ['fr-FR', 'es-MX', 'en'])).toBe('es')
  expect(pickLocale('xx', ['pt'])).toBe('en')
})

test('dates take the region of the browser when it speaks the same language', () => {
  expect(pickRegion('es', ['en-US', 'es-AR'])).toBe('es-AR')
  expect(pickRegion('es', ['en-US'])).toBe('es')
})
