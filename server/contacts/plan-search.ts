import { phoneDigits, searchWords, spell } from './search-text.ts'

export interface Pattern {
  /** What `like` takes. */
  readonly like: string
  /** The word it looks for, where that is how an address begins; as it is stored. */
  readonly address: string | null
}

/** All terms must hold; a term holds by any of its alternatives; an alternative needs all its patterns. */
export type SearchPlan = readonly (readonly (readonly Pattern[])[])[]

/** Each term costs a look-up; nobody types more words than this to find one person. */
const mostTerms = 16
/** From here on a run of digits is a phone, not a few numbers beside one another. */
const shortestPhone = 7

/**
 * What a search asks of `contact_search.txt`. A word of three letters or more may stand anywhere, a shorter one begins a
 * word (scripts without spaces: anywhere), and so does an address: what has something before its @, and a phone with its
 * country. Digits with punctuation are one number, leading zeros dropped, and a whole phone is also looked for as it would
 * be stored. `%` and `_` mean themselves. No terms: nothing to look for.
 */
export function planSearch(text: string): SearchPlan {
  const terms: Pattern[][][] = []
  let number: string[] = []
  const endNumber = () => {
    if (number.length > 0) terms.push(numberTerm(number))
    number = []
  }
  for (const word of searchWords(text)) {
    if (/^[+#*.]*\d[\d+#*.]*$/.test(word)) number.push(word)
    else {
      endNumber()
      terms.push([[patternOf(word, word.indexOf('@') > 0)]])
    }
  }
  endNumber()
  return terms.slice(0, mostTerms)
}

/** Does a search ask for an address, or so much of a phone that few share it? Then nobody is met on the way along a list. */
export const isRare = (plan: SearchPlan): boolean =>
  plan.some((term) =>
    term.every((patterns) => patterns.some(({ like, address }) => address !== null || longNumber.test(like))),
  )

const longNumber = new RegExp(`\\d{${shortestPhone}}`)

function numberTerm(words: readonly string[]): Pattern[][] {
  const digits = words.join('').replace(/\D/g, '')
  const bare = digits.replace(/^0+/, '')
  const isPhone = digits.length >= shortestPhone
  const isWhole = isPhone && words[0]!.startsWith('+')
  const pattern = (word: string) => patternOf(word, isWhole)
  const alternatives: Pattern[][] = bare === '' ? [] : [[pattern(bare)]]
  if (!isPhone || words.length === 1) alternatives.push(words.map(pattern))
  if (isPhone)
    alternatives.push(...phoneDigits(words.join(' ')).map((form) => [pattern(form.replace(/^0+/, '') || form)]))
  const seen = new Map(alternatives.map((patterns) => [patterns.map(({ like }) => like).join('\n'), patterns]))
  return [...seen.values()]
}

const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

function patternOf(word: string, isAddress: boolean): Pattern {
  const stored = spell(word)
  const literal = stored.replace(/[\\%_]/g, '\\$&')
  const begins = isAddress || ([...word].length < 3 && !unspaced.test(word))
  return { like: begins ? `% ${literal}%` : `%${literal}%`, address: isAddress ? stored : null }
}
