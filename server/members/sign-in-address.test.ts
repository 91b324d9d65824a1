import { describe, expect, test } from 'vitest'
import { signInAddress } from './sign-in-address.ts'

describe('an address that signs in', () => {
  test('has one spelling, whatever the case and the spaces around it', () => {
    expect(signInAddress('  Ana.Perez+Tienda@Example.COM ')).toBe('ana.perez+tienda@example.com')
  })

  test('may stand in a domain of its own language, kept in its ASCII form', () => {
    expect(signInAddress('ana@peña.es')).toBe('ana@xn--pea-8ma.es')
    expect(signInAddress('ana@xn--pea-8ma.es')).toBe('ana@xn--pea-8ma.es')
  })

  test.each([
    ['a full-width at sign', 'ana＠example.com'],
    ['full-width letters', 'ａna@example.com'],
    ['a full-width dot', 'ana@example．com'],
    ['a dotless ı', 'adın@example.com'],
    ['the Kelvin sign in the domain', 'ana@\u212Aelvin.com'],
    ['a ligature in the domain', 'ana@o\uFB03ce.com'],
    ['a soft hyphen in the domain', 'ana@exam\u00ADple.com'],
    ['a zero-width space', 'ana\u200B@example.com'],
    ['decomposed letters', 'mari\u0301a@example.com'],
  ])('never maps onto another one: %s', (_what, typed) => {
    expect(signInAddress(typed)).toBeNull()
  })

  test.each([
    '',
    'ana',
    '@example.com',
    'ana@',
    'ana@host',
    'a@b@c.com',
    'ana@exa mple.com',
    'ana@example.com,b@c.com',
    'ana@example.com\nbcc: b@c.com',
    'ana@[127.0.0.1]',
    'ana@127.0.0.1',
    '.ana@example.com',
    'a..b@example.com',
    'ana@-example.com',
    `${'a'.repeat(65)}@example.com`,
    '"a b"@example.com',
    '<ana@example.com>',
  ])('is no address: %j', (typed) => {
    expect(signInAddress(typed)).toBeNull()
  })
})
