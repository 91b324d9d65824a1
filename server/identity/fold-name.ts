import anyAscii from 'any-ascii'
import { readHan, readHangul } from './east-asian-names.ts'
import { generations, legalForms, nobody, particles, shortLegalForms, titles, trades } from './name-words.ts'

export type FoldedName = {
  /** `nothing`: no name was given, whatever was written. */
  kind: 'person' | 'company' | 'nothing'
  /** Words in order, ASCII lower case, without titles and particles; one letter is an initial. */
  words: string[]
  /** The same, titles and particles included: `Don` and `Van` may be names after all. */
  allWords: string[]
  /** 1 for senior, 2 for junior, null where nothing is said. */
  generation: number | null
  /** The script's spelling cannot be turned into Latin letters reliably: it may agree, it cannot contradict. */
  script: 'latin' | 'han' | 'hangul' | 'consonants'
  /** An account name rather than a person's. */
  isHandle: boolean
}

const pictures =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20E3|[\uFE00-\uFE0F]|[\u{E0020}-\u{E007F}]/gu
const asides = /\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g

/** A name as people write it, taken apart. Pure; knows scripts, emoji, titles, companies, and what is not a name at all. */
export function foldName(raw: string): FoldedName {
  const text = raw
    .normalize('NFKC')
    .slice(0, 200)
    .replace(pictures, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const script = scriptOf(text)
  const isHandle = /^@|\p{L}\d|_/u.test(text)
  const nothing: FoldedName = { kind: 'nothing', words: [], allWords: [], generation: null, script, isHandle }
  if (/@[^\s@]+\.\p{L}|:\/\/|^www\./u.test(text)) return nothing

  const inside = text.replace(asides, ' ')
  const written = writtenWords(/\p{L}/u.test(inside) ? inside : text, script)
  const isShouted = !/\p{Ll}/u.test(text)
  const letters = written.flatMap((word) => {
    const bare = word.toLowerCase().replace(/[^a-z]/g, '')
    return isInitials(word, isShouted) ? bare.split('') : [bare]
  })
  if (letters.every((word) => nobody.has(word) || titles.has(word) || (word.length === 1 && letters.length === 1)))
    return nothing

  const isCompany = written.some((word, at) => isCompanyWord(word, at > 0 && at === written.length - 1))
  if (isCompany) {
    const names = letters.filter((word) => !legalForms.has(word) && !shortLegalForms.has(word) && !particles.has(word))
    return { ...nothing, kind: 'company', words: names, allWords: names }
  }
  const known = letters.filter((word) => !nobody.has(word) || letters.length === 1)
  const persons = known.filter((word) => !generations.has(word))
  const generation = known.length > 2 ? generationOf(known.at(-1)!) : null
  const words = persons.filter((word) => !titles.has(word) && !particles.has(word))
  return {
    kind: 'person',
    words: words.length > 0 ? words : persons.length > 0 ? persons : known,
    allWords: persons.length > 0 ? persons : known,
    generation,
    script,
    isHandle,
  }
}

function writtenWords(text: string, script: FoldedName['script']): string[] {
  const latin = script === 'han' ? readHan(text) : script === 'hangul' ? readHangul(text) : text
  // A long o is written as two letters in kana and as one in a passport.
  const ascii = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? anyAscii(latin).replace(/o[ou]/g, 'o').replace(/uu/g, 'u')
    : anyAscii(latin)
  return (
    ascii
      .replace(/(?<=[a-z])['`’]+|['`’]+(?=[a-z])/gi, '')
      // Small letters before a capital: two words written together, or syllables of a script without spaces.
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .split(/[^A-Za-z0-9.]+|\.(?=[A-Za-z]{2})|(?<=[A-Za-z]{2})\./)
      .filter((word) => /[A-Za-z]/.test(word))
  )
}

/** `J.`, `J.R.R.`, and `JC` among words in mixed case. */
function isInitials(word: string, isShouted: boolean): boolean {
  if (/^(?:[A-Za-z]\.)+[A-Za-z]?\.?$/.test(word)) return !isCompanyWord(word, true)
  return !isShouted && (/^[A-Z]{2}$/.test(word) || /^[B-DF-HJ-NP-TV-XZ]{2,3}$/.test(word))
}

/** After the name, `Sr.` is the older one of two; before it, a señor. */
function generationOf(lastWord: string): number | null {
  return lastWord === 'sr' ? 1 : (generations.get(lastWord) ?? null)
}

function isCompanyWord(word: string, isLast: boolean): boolean {
  const bare = word.replaceAll('.', '')
  const lower = bare.toLowerCase()
  if (legalForms.has(lower) || trades.has(lower)) return true
  return shortLegalForms.has(lower) && isLast && (word.includes('.') || bare === bare.toUpperCase())
}

function scriptOf(text: string): FoldedName['script'] {
  if (/\p{Script=Han}/u.test(text)) return 'han'
  if (/\p{Script=Hangul}/u.test(text)) return 'hangul'
  return /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}\p{Script=Inherited}]/u.test(
    text,
  )
    ? 'consonants'
    : 'latin'
}
