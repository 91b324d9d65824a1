import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkEmail, normaliseSignInEmail } from './check-email.ts'
import { emailKey, suggestionForm } from './email-key.ts'
import vectors from './vectors/emails.json' with { type: 'json' }

type Vector = [
  written: string,
  key: string | null,
  suggestionKey: string | null,
  strength: string,
  normalised: string | null,
]

describe('an e-mail address has one key however it is written', () => {
  for (const [title, rows] of Object.entries(vectors)) {
    test.each(rows as Vector[])(`${title}: %s`, (written, key, suggestionKey, strength, normalised) => {
      expect(emailKey(written)).toMatchObject({ key, suggestionKey, strength, normalised })
    })
  }

  const letters = fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/)
  const address = fc
    .tuple(letters, letters, fc.constantFrom('gmail.com', 'Acme.com', 'yandex.com', 'yahoo.es', 'MÜNCHEN.de'))
    .map(([a, b, domain]) => `${a}.${b}+tag@${domain}`)

  test('and what is stored has the key of what was typed', () => {
    fc.assert(
      fc.property(address, (typed) => {
        const { normalised, key } = emailKey(typed)
        expect(emailKey(normalised)).toMatchObject({ normalised, key })
        for (const written of [
          typed.toUpperCase(),
          ` ${typed} `,
          `mailto:${typed}`,
          `Ana <${typed}>`,
          `${typed}.`,
          `"Pérez, Ana" <${typed}>`,
        ]) {
          expect(emailKey(written).key).toBe(key)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('for any text that is an address at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('acme.com', 'münchen.de', 'gmail.com'),
        (local, domain) => {
          const { normalised, key } = emailKey(`${local}@${domain}`)
          fc.pre(normalised !== null)
          expect(emailKey(normalised)).toMatchObject({ normalised, key })
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('and its suggestion form meets the plain address', () => {
    expect(suggestionForm(emailKey('ana+shop@acme.com'))).toBe(suggestionForm(emailKey('ana@acme.com')))
    expect(suggestionForm(emailKey('ana@me.com'))).toBe(suggestionForm(emailKey('ana@icloud.com')))
    expect(suggestionForm(emailKey('ana@hotmail.com'))).not.toBe(suggestionForm(emailKey('ana@outlook.com')))
  })
})

describe('look-alikes', () => {
  test('are other mailboxes, and are pointed out', () => {
    expect(emailKey('b\u043Eb@acme.com')).toMatchObject({ lookAlike: true, key: 'e:b\u043Eb@acme.com' })
    expect(emailKey('bob@acm\u0435.com').lookAlike).toBe(true)
    expect(emailKey('jöhn@acme.com').lookAlike).toBe(false)
  })

  test.each([
    'ana＠acme.com',
    'ana@ａcme.com',
    '\u0131na@acme.com',
    '\u212Aana@acme.com',
    'ana@ac\u200Bme.com',
    'ana@acme.com.',
    'Ana <ana@acme.com>',
    '\uFEFFana@acme.com\u200B',
  ])('sign nobody in: %s', (typed) => {
    const result = normaliseSignInEmail(typed)
    expect(result.ok && result.email !== typed.trim()).toBe(false)
  })

  test('sign-in takes case and surrounding space, and writes the domain in ASCII', () => {
    expect(normaliseSignInEmail(' Ana@MÜNCHEN.de ')).toEqual({ ok: true, email: 'ana@xn--mnchen-3ya.de' })
  })
})

describe('an e-mail field holds one address', () => {
  test.each([
    ['a@x.com, b@y.com', 'several-addresses'],
    ['a@x.com; b@y.com', 'several-addresses'],
    ['Team: a@x.com, b@y.com;', 'several-addresses'],
    ['a@x.com, Ana <b@y.com>', 'several-addresses'],
    ['Ana <a@x.com> <b@y.com>', 'several-addresses'],
    ['ana@acme.com\r\nBcc: b@y.com', 'control-character'],
    ['mailto:ana@acme.com%0ABcc:b@y.com', 'control-character'],
    ['"a@x.com,b"@y.com', 'bad-name'],
    ['ana(a(b))@acme.com', 'bad-name'],
    ['ana', 'missing-at'],
    ['ana@', 'bad-domain'],
    ['ana@acme.com:25', 'bad-domain'],
    ['ana@acme%2ecom', 'bad-domain'],
    ['ana@127.1', 'bad-domain'],
    ['ana@intranet', 'incomplete-domain'],
    [`${'a'.repeat(65)}@acme.com`, 'too-long'],
    [`${'('.repeat(10_000)}@acme.com`, 'too-long'],
  ])('%s', (typed, reason) => {
    expect(checkEmail(typed)).toEqual({ ok: false, reason })
  })

  test('and nothing but text is an address', () => {
    for (const value of [['ana@acme.com'], [[['ana@acme.com']]], { address: 'ana@acme.com' }, null, undefined, 7]) {
      expect(checkEmail(value)).toEqual({ ok: false, reason: 'not-an-address' })
      expect(normaliseSignInEmail(value)).toEqual({ ok: false, reason: 'not-an-address' })
    }
  })

  test('and what passes is one recipient, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab.@,;:<>()"\\ \n+%'.split('')), maxLength: 40 }), (text) => {
        const checked = checkEmail(`${text}@acme.com`)
        const recipient = checked.ok ? checked.email : 'nobody@acme.com'
        expect(recipient).toMatch(/^(?:[^\s@,;:<>()"\\]+|"[^@,;:<>()"\\\n]+")@[a-z0-9.-]+$/)
      }),
      { numRuns: 5000 },
    )
  })

  test('with a question where a provider is one letter away', () => {
    expect(checkEmail('bob@gmial.com')).toMatchObject({ ok: true, email: 'bob@gmial.com', hint: 'bob@gmail.com' })
    expect(checkEmail('bob@gmail.com')).toMatchObject({ hint: null })
  })
})
