import type { Tag } from '#contract/tags.ts'

/** More than anybody looks through; who writes a letter finds the rest. */
const shownAtOnce = 100

/** Letters alone, without case and accents: who searches is not to be caught by either. */
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()

/** The same name as the server sees it, near enough to know whether to offer making it. */
const same = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().toUpperCase().toLowerCase()

/**
 * The tags that a search finds: those that begin with it before those that have it elsewhere, `first` ahead of all while
 * nothing is searched. `make` is the name that no tag has yet.
 */
export function findTags<Row extends Tag>(
  tags: readonly Row[],
  query: string,
  first: ReadonlySet<number>,
  compare: (one: string, other: string) => number,
): { found: Row[]; hidden: number; make: string | null } {
  const wanted = fold(query)
  const rank = ({ id, name }: Row) => (wanted === '' ? (first.has(id) ? 0 : 1) : fold(name).startsWith(wanted) ? 0 : 1)
  const found = tags
    .filter(({ name }) => fold(name).includes(wanted))
    .toSorted((one, other) => rank(one) - rank(other) || compare(one.name, other.name))
  const name = query.replace(/\s+/g, ' ').trim()
  const isKnown = tags.some((tag) => same(tag.name) === same(name))
  return {
    found: found.slice(0, shownAtOnce),
    hidden: Math.max(0, found.length - shownAtOnce),
    make: name === '' || isKnown ? null : name,
  }
}
