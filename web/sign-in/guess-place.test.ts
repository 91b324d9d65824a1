import { expect, test } from 'vitest'
import { countryOfLanguages, countryOfZone } from './guess-place.ts'

test('a time zone belongs to a country', () => {
  expect(countryOfZone('America/Mexico_City', ['ES', 'MX', 'US'])).toBe('MX')
  expect(countryOfZone('Etc/UTC', ['ES', 'MX'])).toBeNull()
})

test.each([
  [['es', 'es-MX', 'en-US'], 'MX'],
  [['en'], null],
  [['es-419'], null],
  [[], null],
])('languages %j tell the country %s', (languages, country) => {
  expect(countryOfLanguages(languages)).toBe(country)
})
