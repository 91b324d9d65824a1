import { compareWords, consonants } from './compare-words.ts'
import type { WordMatch } from './compare-words.ts'
import { koreanSound } from './east-asian-names.ts'
import { foldName } from './fold-name.ts'
import type { FoldedName } from './fold-name.ts'
import { isGivenName } from './given-names.ts'

/**
 * `agree`: the same name, as far as both tell it. `partial`: nothing contradicts, but one side gives only a part.
 * `unknown`: one side gives no name, or in a writing that cannot be compared. `conflict`: two different people's names.
 */
export type NameRelation = 'agree' | 'partial' | 'unknown' | 'conflict'

/** Relation of two names as written. Symmetric and pure. Evidence only beside a shared phone or e-mail, never by itself. */
export function nameRelation(a: string, b: string): NameRelation {
  return relateNames(foldName(a), foldName(b))
}

/** The same on names already taken apart, for those who compare one name with many. */
export function relateNames(one: FoldedName, other: FoldedName): NameRelation {
  // Ties between equally good partners are broken by position, so the order of the two must not depend on the caller.
  const [a, b] = one.allWords.join(' ') <= other.allWords.join(' ') ? [one, other] : [other, one]
  if (a.kind === 'nothing' || b.kind === 'nothing') return 'unknown'
  if (a.kind === 'company' || b.kind === 'company') return relateCompanies(a, b)
  if (a.generation !== null && b.generation !== null && a.generation !== b.generation) return 'conflict'

  if (isMariaJoseAgainstJoseMaria(a.words, b.words)) return 'conflict'

  const compare = comparison(a, b)
  // A title or particle on one side may be a name on the other: Don Smith is Donald, De la Cruz is Delacruz.
  const best = bestOf([
    () => alignWords(a.words, b.words, compare),
    () => (a.allWords.length > a.words.length ? alignWords(a.allWords, b.words, compare) : 'conflict'),
    () => (b.allWords.length > b.words.length ? alignWords(a.words, b.allWords, compare) : 'conflict'),
  ])
  if (best !== 'conflict') return best
  return a.script !== b.script || a.isHandle || b.isHandle ? 'unknown' : 'conflict'
}

/** The one pair of given names whose order tells a woman from a man; everywhere else order is habit. */
function isMariaJoseAgainstJoseMaria(a: string[], b: string[]): boolean {
  const order = (words: string[]) =>
    [/ maria jose /, / jose maria /].findIndex((pair) => pair.test(` ${words.join(' ')} `))
  return order(a) >= 0 && order(b) >= 0 && order(a) !== order(b)
}

function bestOf(attempts: (() => NameRelation)[]): NameRelation {
  let best: NameRelation = 'conflict'
  for (const attempt of attempts) {
    const relation = attempt()
    if (relation === 'agree') return relation
    if (best === 'conflict' || relation === 'partial') best = relation
  }
  return best
}

/** A company's name says nothing about who holds the phone, unless the other side is the same company. */
function relateCompanies(a: FoldedName, b: FoldedName): NameRelation {
  if (a.kind !== b.kind || a.words.length === 0 || b.words.length === 0) return 'unknown'
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  if (!short.every((word) => long.includes(word))) return 'unknown'
  return short.length === long.length ? 'agree' : 'partial'
}

type Compare = (a: string, b: string) => WordMatch

function comparison(a: FoldedName, b: FoldedName): Compare {
  if (a.script === b.script) return compareWords
  const scripts = [a.script, b.script]
  const sound = scripts.includes('hangul') ? koreanSound : scripts.includes('consonants') ? consonants : null
  if (sound === null) return compareWords
  return (x, y) => {
    const match = compareWords(x, y)
    if (match !== 'different' && match !== 'initial') return match
    return sound(x) !== '' && sound(x) === sound(y) ? 'alike' : 'different'
  }
}

type Words = { text: string; parts: number }[]

function alignWords(wordsA: string[], wordsB: string[], compare: Compare): NameRelation {
  const a = joinParts(wordsA, wordsB, compare)
  const b = joinParts(wordsB, wordsA, compare)
  const partner = match(a, b, compare)
  const leftA = a.filter((_, at) => !partner.some((pair) => pair.a === at))
  const leftB = b.filter((_, at) => !partner.some((pair) => pair.b === at))
  const full = partner
    .filter(({ kind }) => kind !== 'initial')
    .reduce((sum, pair) => sum + Math.max(a[pair.a]!.parts, b[pair.b]!.parts), 0)
  const initials = partner.filter(({ kind }) => kind === 'initial').length

  if (leftA.length > 0 && leftB.length > 0) {
    return full >= 2 &&
      (isMiddleAgainstSecondSurname(a, b, partner) || isMiddleAgainstSecondSurname(b, a, swapped(partner)))
      ? 'partial'
      : 'conflict'
  }
  if (full === 0) return initials >= 2 ? 'partial' : 'unknown'
  if (full + initials < 2) return 'partial'
  // Two given names without a surname leave the person open, however well they fit.
  const short = leftA.length === 0 ? a : b
  const isOpen = leftA.length + leftB.length > 0 && short.every(({ text }) => isGivenName(text))
  return isOpen && !isGivenName((leftA.length === 0 ? b : a).at(-1)!.text) ? 'partial' : 'agree'
}

/** Joins neighbouring words where the other name writes them as one, and none of them stands there by itself: Mc Donald, Xiao Ming. */
function joinParts(words: string[], others: string[], compare: Compare): Words {
  const joined: Words = []
  for (let at = 0; at < words.length;) {
    const size = [4, 3, 2].find((length) => {
      const parts = words.slice(at, at + length)
      if (parts.length < length || parts.some((part) => others.includes(part))) return false
      return others.some((other) => other.length >= 3 && ['same', 'alike'].includes(compare(parts.join(''), other)))
    })
    joined.push({ text: words.slice(at, at + (size ?? 1)).join(''), parts: size ?? 1 })
    at += size ?? 1
  }
  return joined
}

type Pair = { a: number; b: number; kind: WordMatch }

/** The best partner for each word, surest matches first; order counts for nothing. */
function match(a: Words, b: Words, compare: Compare): Pair[] {
  const pairs = a.flatMap((wordA, atA) =>
    b.map((wordB, atB) => ({ a: atA, b: atB, kind: compare(wordA.text, wordB.text) })),
  )
  const taken: Pair[] = []
  for (const kind of ['same', 'alike', 'initial'] as const) {
    const free = pairs
      .filter((pair) => pair.kind === kind)
      .toSorted((x, y) => Math.abs(x.a - x.b) - Math.abs(y.a - y.b))
    for (const pair of free) {
      if (!taken.some((other) => other.a === pair.a || other.b === pair.b)) taken.push(pair)
    }
  }
  return taken
}

/** Ana María López and Ana López Ruiz: one gives the middle name, the other the second surname. */
function isMiddleAgainstSecondSurname(a: Words, b: Words, partner: Pair[]): boolean {
  if (a.length < 3 || b.length < 3) return false
  const isTaken = (side: 'a' | 'b', at: number) => partner.some((pair) => pair[side] === at)
  return (
    partner.some((pair) => pair.a === 0 && pair.b === 0) &&
    a.every((_, at) => at === 1 || isTaken('a', at)) &&
    b.every((_, at) => at === b.length - 1 || isTaken('b', at))
  )
}

function swapped(pairs: Pair[]): Pair[] {
  return pairs.map(({ a, b, kind }) => ({ a: b, b: a, kind }))
}
