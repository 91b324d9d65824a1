import { describe, expect, test } from 'vitest'
import { checkPhone } from './check-phone.ts'

describe('the phone field takes a number with its country code', () => {
  test.each([
    ['+52 55 1234 5678', '+525512345678', 'exact'],
    ['+52 1 55 1234 5678', '+525512345678', 'repaired'],
    ['0052 55 1234 5678', '+525512345678', 'repaired'],
    ['+1-800-FLOWERS', '+18003569377', 'exact'],
    ['+1 212 555 0123', '+12125550123', 'exact'],
    ['+1 555 123 4567', '+15551234567', 'unverified'],
  ])('%s', (typed, e164, strength) => {
    expect(checkPhone(typed)).toMatchObject({ ok: true, e164, strength })
  })

  test('and says which country it is', () => {
    expect(checkPhone('+525512345678')).toMatchObject({ country: 'MX' })
  })

  test('also as it is dialled abroad from the country at hand', () => {
    expect(checkPhone('011 52 55 1234 5678', 'US')).toMatchObject({ ok: true, e164: '+525512345678' })
  })
})

describe('the phone field refuses, and says why', () => {
  test.each([
    ['', null, 'not-a-number', null],
    ['hola', null, 'not-a-number', null],
    ['ana@acme.com', 'MX', 'not-a-number', null],
    ['55 1234 5678', null, 'missing-country-code', null],
    ['55 1234 5678', 'MX', 'missing-country-code', '+525512345678'],
    ['5215512345678', null, 'missing-country-code', '+525512345678'],
    ['001102345678', 'AU', 'missing-country-code', null],
    ['+999 123 4567', null, 'unknown-country-code', null],
    ['+1 253 0000', null, 'too-short', null],
    ['+34 600 123', null, 'too-short', null],
    ['+1 65025300001234', null, 'too-long', null],
    ['123', 'MX', 'too-short', null],
    ['650 253 0000 / 650 253 0001', 'US', 'several-numbers', null],
  ])('%s in %s', (typed, country, reason, suggestion) => {
    expect(checkPhone(typed, country)).toEqual({ ok: false, reason, suggestion })
  })
})
