import { expect, test } from 'vitest'
import { markKnownBrowser, readKnownBrowser } from './known-browser.ts'

const options = { key: 'key', secure: false }

test('a browser is known to the address it signed in with, and to no other', () => {
  const line = markKnownBrowser('ana@example.com', options)
  const header = `theme=dark; ${line.slice(0, line.indexOf(';'))}`
  expect(readKnownBrowser(header, 'ana@example.com', options)).toMatch(/^[\w-]{16}$/)
  expect(readKnownBrowser(header, 'eva@example.com', options)).toBeNull()
  expect(readKnownBrowser(header, 'ana@example.com', { ...options, key: 'other' })).toBeNull()
})

test.each([undefined, '', 'ficha_known=', 'ficha_known=a', 'ficha_known=a.b', 'ficha_known=%ZZ.%ZZ'])(
  '%s is no mark',
  (header) => {
    expect(readKnownBrowser(header, 'ana@example.com', options)).toBeNull()
  },
)
