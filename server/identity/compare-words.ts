import { areFormsOfOneName, isEstablishedName } from './given-names.ts'

/** How two words of two names stand to each other: `initial` is one letter standing for a word. */
export type WordMatch = 'same' | 'alike' | 'initial' | 'different'

/** Compares two words, ASCII lower case. `alike` is the same name in another spelling, form or with one slip of the finger. */
export function compareWords(a: string, b: string): WordMatch {
  if (a === b) return 'same'
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different'
  if (areFormsOfOneName(a, b) || isDiminutive(a, b) || isDiminutive(b, a)) return 'alike'
  if (Math.min(a.length, b.length) >= 3 && spelling(a) === spelling(b)) return 'alike'
  return isSlip(a, b) ? 'alike' : 'different'
}

const spellings: [RegExp, string][] = [
  [/shch|sch/g, 'sh'],
  [/tch/g, 'ch'],
  [/ph/g, 'f'],
  [/(?<=.)kh/g, 'h'],
  [/gh/g, 'g'],
  [/th/g, 't'],
  [/ck|qu?/g, 'k'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/c(?!h)/g, 'k'],
  [/w/g, 'v'],
  [/z(?!h)/g, 's'],
  [/^ye/, 'e'],
  [/ou|oo/g, 'u'],
  [/ee/g, 'i'],
  [/(?<=[bdfgklmnprstvh])([uoa])e(?=[a-z])/g, '$1'],
  [/y|ij/g, 'i'],
  [/(?<=[aeo])h$/, ''],
  [/(.)\1+/g, '$1'],
  [/ie$/, 'i'],
]

const cache = new Map<string, string>()

/** One spelling for the many that transliteration and custom give the same sounds: Yuriy and Yuri, Müller and Mueller, Souza and Sousa. */
function spelling(word: string): string {
  let sound = cache.get(word)
  if (sound === undefined) {
    sound = spellings.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), word)
    if (cache.size > 20_000) cache.clear()
    cache.set(word, sound)
  }
  return sound
}

/** What is left of a word in a script that writes consonants only. */
export function consonants(word: string): string {
  return word
    .replace(/([stkdgbp])h/g, '$1')
    .replace(/ph/g, 'f')
    .replace(/[cq]/g, 'k')
    .replace(/[aeiouyw]/g, '')
    .replace(/h$/, '')
    .replace(/(.)\1+/g, '$1')
}

/** Carlitos for Carlos, Anita for Ana, Ronaldinho for Ronaldo; never across genders. */
function isDiminutive(small: string, full: string): boolean {
  const match = /^(.{2,})(?:c|z)?(it|inh)(o|a|os|as)$/.exec(small)
  if (!match) return false
  const stem = match[1]!.replace(/qu$/, 'c').replace(/gu$/, 'g')
  const ending = match[3]!
  if (full === stem) return ending === 'o'
  return full === stem + ending || (ending === 'o' && full === `${stem}e`)
}

/**
 * One letter missing, added, changed or swapped with its neighbour in a word long enough to be recognised.
 * The last vowel is not a slip: it tells Juan from Juana and Mario from Maria. Nor are two names that both exist.
 * Where one word is a known name and the other is none, a shorter word or a lost first letter is recognised too: Jsé, ohnson.
 */
function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const [knownA, knownB] = [isEstablishedName(a), isEstablishedName(b)]
  if ((knownA && knownB) || differOnlyInLastVowel(a, b)) return false
  const isKnownName = knownA || knownB
  if (a[0] !== b[0]) return isKnownName && short.length >= 4 && long.slice(1) === short
  if (short.length < (isKnownName ? 3 : 4) || long.length < (isKnownName ? 4 : 5)) return false
  return isOneEdit(a, b) && (short.length >= 4 || long.length > short.length)
}

function differOnlyInLastVowel(a: string, b: string): boolean {
  return a.replace(/[aeiou]$/, '') === b.replace(/[aeiou]$/, '')
}

/** One character missing, added, changed or exchanged with its neighbour; also none at all. */
export function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  if (a.length !== b.length)
    return a.length > b.length ? endAlike(a, start + 1, b, start) : endAlike(a, start, b, start + 1)
  const areExchanged = a[start] === b[start + 1] && a[start + 1] === b[start]
  return endAlike(a, start + 1, b, start + 1) || (areExchanged && endAlike(a, start + 2, b, start + 2))
}

/** The one from a place on is the other from a place on; asked of thousands of pairs, so nothing is cut out. */
function endAlike(a: string, fromA: number, b: string, fromB: number): boolean {
  for (let [at, other] = [fromA, fromB]; at < a.length || other < b.length; at++, other++)
    if (a[at] !== b[other]) return false
  return true
}
