import { phoneDigits, searchWords, spell } from './search-text.ts'

/** All terms must hold; a term holds by any of its alternatives; an alternative needs all its LIKE patterns. */
export type SearchPlan = readonly (readonly (readonly string[])[])[]

/** Each term costs a look-up; nobody types more words than this to find one person. */
const mostTerms = 16
/** From here on a run of digits is a phone, not a few numbers beside one another. */
const shortestPhone = 7

/**
 * What a search asks of `contact_search.txt`. A word of three letters or more may stand anywhere, a shorter one begins a
 * word (scripts without spaces: anywhere). Digits with punctuation are one number, leading zeros dropped, and a whole
 * phone is also looked for as it would be stored. `%` and `_` mean themselves. No terms: nothing to look for.
 */
export function planSearch(text: string): SearchPlan {
  const terms: string[][][] = []
  let number: string[] = []
  const endNumber = () => {
    if (number.length > 0) terms.push(numberTerm(number))
    number = []
  }
  for (const word of searchWords(text)) {
    if (/^[+#*.]*\d[\d+#*.]*$/.test(word)) number.push(word)
    else {
      endNumber()
      terms.push([[wordPattern(word)]])
    }
  }
  endNumber()
  return terms.slice(0, mostTerms)
}

function numberTerm(words: readonly string[]): string[][] {
  const digits = words.join('').replace(/\D/g, '')
  const bare = digits.replace(/^0+/, '')
  const alternatives: string[][] = bare === '' ? [] : [[wordPattern(bare)]]
  if (digits.length < shortestPhone || words.length === 1) alternatives.push(words.map(wordPattern))
  if (digits.length >= shortestPhone)
    alternatives.push(...phoneDigits(words.join(' ')).map((form) => [wordPattern(form.replace(/^0+/, '') || form)]))
  const seen = new Map(alternatives.map((patterns) => [patterns.join('\n'), patterns]))
  return [...seen.values()]
}

const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

function wordPattern(word: string): string {
  const literal = spell(word).replace(/[\\%_]/g, '\\$&')
  return [...word].length < 3 && !unspaced.test(word) ? `% ${literal}%` : `%${literal}%`
}
