import { expect, test } from 'vitest'
import { foldText } from './fold-text.ts'

test('a Western letter is folded alike, whatever letters stand beside it', () => {
  const letters = Array.from({ length: 0x180 }, (_none, code) => String.fromCharCode(code))
  const texts = letters.flatMap((one) => letters.map((other) => `x${one}${other}S`))
  // with a letter of another script the whole is folded at once, not letter by letter
  expect(texts.filter((text) => foldText(`${text}ж`) !== `${foldText(text)}ж`)).toEqual([])
  expect(['Ñandú', 'Straße', 'Łódź', 'ŞIRIN', '½ Ĳssel', 'Ångström'].map(foldText)).toEqual([
    'nandu',
    'strasse',
    'lodz',
    'sirin',
    '1⁄2 ijssel',
    'angstrom',
  ])
})
