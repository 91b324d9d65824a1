import { asciiDigits } from '../identity/clean-phone.ts'

// Letters that carry their difference inside, so that taking accents off does not reach them.
// oxfmt-ignore
const letters: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ĸ: 'k', ŋ: 'n', ŧ: 't', ə: 'e', ς: 'σ',
}

/**
 * Text as it is compared: compatibility forms made one (fullwidth, ligatures), lower case, digits of every script
 * as 0–9, accents and invisible marks gone. Only Latin, Greek and Cyrillic lose marks; in other scripts a mark is a vowel.
 */
export function foldText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase()
  // as most other names are: none of these letters depends on its neighbours
  if (/^[ -~\u00a0-\u017f]*$/.test(text))
    return text.toLowerCase().replace(/[^ -~]/g, (letter) => (western[letter] ??= foldAny(letter)))
  return foldAny(text)
}

/** Letters of Western and Central Europe, folded. */
const western: Record<string, string> = {}

function foldAny(text: string): string {
  return asciiDigits(text.normalize('NFKD'))
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđðþħıĸŋŧəς]/g, (letter) => letters[letter] ?? letter)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
    .normalize('NFC')
}
