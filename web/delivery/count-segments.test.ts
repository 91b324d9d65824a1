import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { expect, test } from 'vitest'
import { countSegments } from './count-segments.ts'

test('parts are counted as Twilio’s own calculator does', () => {
  const network = fc.constantFrom('a', 'ñ', '€', '[', '\n', '¿', 'é', ' ')
  const any = fc.oneof({ weight: 20, arbitrary: network }, { weight: 1, arbitrary: fc.constantFrom('á', '😀', '漢') })
  const texts = [network, any].map((unit) => fc.array(unit, { maxLength: 400 }).map((units) => units.join('')))
  for (const text of texts)
    fc.assert(
      fc.property(text, (words) => {
        const theirs = new SegmentedMessage(words, 'auto', false)
        const { count, odd } = countSegments(words)
        expect(odd === null ? 'GSM-7' : 'UCS-2').toBe(theirs.encodingName)
        expect(count).toBe(words === '' ? 0 : theirs.segmentsCount)
      }),
    )
})

test.each([
  ['', { count: 0, left: 160, odd: null }],
  ['a'.repeat(160), { count: 1, left: 0, odd: null }],
  ['a'.repeat(161), { count: 2, left: 145, odd: null }],
  ['a'.repeat(159) + '€', { count: 2, left: 145, odd: null }],
  // the Euro sign would be torn apart at the end of the first part
  ['a'.repeat(152) + '€'.repeat(5), { count: 2, left: 143, odd: null }],
  ['Mañana a las 8', { count: 1, left: 146, odd: null }],
  ['Aquí', { count: 1, left: 66, odd: 'í' }],
  ['á' + 'a'.repeat(70), { count: 2, left: 63, odd: 'á' }],
])('“%s” is %o', (text, segments) => {
  expect(countSegments(text)).toEqual(segments)
})
