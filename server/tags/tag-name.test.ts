import { describe, expect, test } from 'vitest'
import { cleanTagName, tagNameKey } from './tag-name.ts'

describe('two names are one tag', () => {
  test.each([
    ['VIP', 'vip'],
    ['Ñandú', 'ñANDÚ'],
    ['Otoño  2026', ' otoño 2026 '],
    ['ΟΔΟΣ', 'οδος'],
    ['STRASSE', 'straße'],
    ['Café', 'Cafe\u0301'],
    ['VIP', 'V\u200bIP\u2060'],
    ['⭐️ Socio', '⭐ socio'],
  ])('%j and %j', (one, other) => expect(tagNameKey(one)).toBe(tagNameKey(other)))
})

describe('two names are two tags', () => {
  test.each([
    ['Papá', 'Papa'],
    ['Año', 'Ano'],
    ['VIP', 'VIP 2'],
    ['ana', 'äna'],
    ['богдан', 'богда'],
  ])('%j and %j', (one, other) => expect(tagNameKey(one)).not.toBe(tagNameKey(other)))
})

test.each(['\u200b', ' \u2060 ', '\u2800', '\u202e'])('%j has nothing to be seen', (name) =>
  expect(tagNameKey(name)).toBe(''),
)

test('is kept on one line, turned by nothing, emoji whole', () => {
  expect(cleanTagName(' Cliente\n\t\u202eVIP ')).toBe('Cliente VIP')
  expect(cleanTagName('👩‍💻 Remoto')).toBe('👩‍💻 Remoto')
})
