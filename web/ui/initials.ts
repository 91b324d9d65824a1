/** The first letters of the first and the last word, upper-cased by the language; empty when the name has no letter. */
export function initialsOf(name: string | null | undefined, locale?: string): string {
  const words = (name ?? '')
    .split(/\s+/u)
    .map((word) => word.match(/\p{L}/u)?.[0] ?? '')
    .filter(Boolean)
  const [first = '', ...rest] = words
  return (first + (rest.at(-1) ?? '')).toLocaleUpperCase(locale)
}
