import * as fc from 'fast-check'
import google from 'google-libphonenumber'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { countryOfPhone, formatPhone, phoneKey, phoneKeys } from './phone-key.ts'
import vectors from './vectors/phones.json' with { type: 'json' }

type Vector = [
  written: string,
  country: string | null,
  key: string | null,
  e164: string | null,
  strength: string,
  region: string | null,
]

const oracle = google.PhoneNumberUtil.getInstance()
const E164 = google.PhoneNumberFormat.E164

/** Every example number of Google's metadata, by territory and by kind, with the country it is dialled in. */
const examples: { e164: string; national: string | null; country: string | null }[] = [
  ...oracle.getSupportedRegions().flatMap((country) =>
    Object.values(google.PhoneNumberType).flatMap((kind) => {
      const example = oracle.getExampleNumberForType(country, kind)
      if (!example) return []
      return [
        {
          e164: oracle.format(example, E164),
          national: oracle.format(example, google.PhoneNumberFormat.NATIONAL),
          country,
        },
      ]
    }),
  ),
  ...oracle.getSupportedGlobalNetworkCallingCodes().map((code) => {
    const example = oracle.getExampleNumberForNonGeoEntity(code)!
    return { e164: oracle.format(example, E164), national: null, country: null }
  }),
]

const anyExample = fc.constantFrom(...new Set(examples.map(({ e164 }) => e164)))
/** A valid number near an example: its last digits replaced. */
const validNumber = fc
  .tuple(anyExample, fc.stringMatching(/^\d{5}$/))
  .map(([e164, tail]) => e164.slice(0, -5) + tail)
  .filter((e164) => parsePhoneNumberFromString(e164, { extract: false })?.isValid() ?? false)

const styles: ((e164: string) => string)[] = [
  (e164) => e164,
  (e164) => e164.replace('+', '＋'),
  (e164) => e164.replace('+', '+00 '),
  (e164) => `tel:${e164}`,
  (e164) => `whatsapp:${e164}`,
  (e164) => `https://wa.me/${e164.slice(1)}`,
  (e164) => `${e164.slice(1)}@s.whatsapp.net`,
  (e164) => `\u202A${e164}\u202C`,
  (e164) => parsePhoneNumberFromString(e164)!.formatInternational(),
  (e164) => parsePhoneNumberFromString(e164)!.formatInternational().replaceAll(' ', '-'),
  (e164) => e164.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))),
]

describe('a phone has one key however it is written', () => {
  for (const [title, rows] of Object.entries(vectors)) {
    test.each(rows as Vector[])(`${title}: %s in %s`, (written, country, key, e164, strength, region) => {
      expect(phoneKey(written, country)).toMatchObject({ key, e164, strength, country: region })
    })
  }

  test('in every style of every valid number', () => {
    fc.assert(
      fc.property(validNumber, fc.constantFrom(...styles), (e164, style) => {
        expect(phoneKey(style(e164)).key).toBe(phoneKey(e164).key)
      }),
      { numRuns: 2000 },
    )
  })

  test('and the stored number has the key of what was typed', () => {
    fc.assert(
      fc.property(validNumber, (e164) => {
        const typed = phoneKey(e164)
        fc.pre(typed.e164 !== null)
        expect(phoneKey(typed.e164).key).toBe(typed.key)
        expect(phoneKey(formatPhone(e164)).key).toBe(typed.key)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('no two phones share a key', () => {
  test('among all example numbers and their neighbours, save for Argentina’s 9', () => {
    const owners = new Map<string, string>()
    fc.assert(
      fc.property(fc.oneof(anyExample, validNumber), (e164) => {
        const { key } = phoneKey(e164)
        fc.pre(key?.startsWith('p:') === true)
        const bare = e164.replace(/^\+549(?=\d{10}$)/, '+54')
        expect(owners.get(key) ?? bare).toBe(bare)
        owners.set(key, bare)
      }),
      { numRuns: 5000 },
    )
  })

  test('a valid number is never repaired', () => {
    fc.assert(
      fc.property(validNumber, (e164) => {
        expect(phoneKey(e164)).toMatchObject({ rule: null })
      }),
      { numRuns: 2000 },
    )
  })

  test('whatever a rule produces is valid, or is not used', () => {
    const codes = ['52', '55', '54', '225', '229', '84', '237', '39']
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.stringMatching(/^\d{7,12}$/), (code, national) => {
        const read = phoneKey(`+${code}${national}`)
        fc.pre(read.strength === 'repaired')
        expect(parsePhoneNumberFromString(read.e164!)!.isValid()).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test('two extensions behind one switchboard stay two', () => {
    expect(phoneKey('+1 650 253 0000 ext. 1').key).not.toBe(phoneKey('+1 650 253 0000 #2').key)
  })
})

describe('Google reads its example numbers as we do', () => {
  test('written internationally', () => {
    expect(examples.length).toBeGreaterThan(1074)
    expect(examples.filter(({ e164, country }) => phoneKey(e164, country).e164 !== e164)).toEqual([])
  })

  test('written as they are dialled at home', () => {
    const misread = examples.filter(({ e164, national, country }) => {
      if (national === null || phoneKey(e164).key === null) return false
      return phoneKey(national, country).e164 !== oracle.format(oracle.parse(national, country!), E164)
    })
    expect(misread).toEqual([])
  })
})

describe('the address a provider gave', () => {
  test('is kept unrepaired for sending', () => {
    expect(phoneKey('5215512345678@c.us')).toMatchObject({
      sendAs: '+5215512345678',
      e164: '+525512345678',
      rule: 'mx-dial-prefix',
    })
    expect(phoneKey('5215512345678', 'ES').sendAs).toBe('+5215512345678')
    expect(phoneKey('554788765432').sendAs).toBe('+554788765432')
  })

  test('is the repaired number where a person typed a national one', () => {
    expect(phoneKey('044 55 1234 5678', 'MX').sendAs).toBe('+525512345678')
  })
})

test('several numbers in one field are several keys', () => {
  expect(phoneKeys('55 1234 5678 / 0000 000 000', 'MX').map(({ key }) => key)).toEqual(['p:+525512345678'])
  expect(phoneKeys('55 1234 5678 / 55 8765 4321', 'MX').map(({ key }) => key)).toEqual([
    'p:+525512345678',
    'p:+525587654321',
  ])
  expect(phoneKeys('0151/23456789', 'DE').map(({ key }) => key)).toEqual(['p:+4915123456789'])
})

test('the country comes with the number, and the spacing with the country', () => {
  expect(countryOfPhone('+525512345678')).toBe('MX')
  expect(countryOfPhone('+80012345678')).toBeNull()
  expect(formatPhone('+525512345678')).toBe('+52 55 1234 5678')
})

test('no text breaks it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.option(fc.string({ maxLength: 3 })),
      (text, country) => {
        const { key, e164 } = phoneKey(text, country)
        expect(key === null || /^[pul]:/.test(key)).toBe(true)
        expect(e164 === null || /^\+\d{6,17}$/.test(e164)).toBe(true)
      },
    ),
    { numRuns: 3000 },
  )
})
