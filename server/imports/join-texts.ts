// pure

/**
 * Texts as one, with a mark between them that stands in none of them: `text.split(mark)` gives them back, and so do string_to_array
 * and string_to_table of PostgreSQL, which cost less than a list; but for a single empty text.
 * @param sign the mark, where it can be
 */
export function joinTexts(texts: readonly string[], sign: string): { text: string; mark: string } {
  if (!texts.some((text) => text.includes(sign))) return { text: texts.join(sign), mark: sign }
  // begins as it does not end: no part of it together with what stands beside it looks like one
  const taken = new Set(texts.join('').match(/<\d+>/g))
  let at = 0
  while (taken.has(`<${at}>`)) at++
  return { text: texts.join(`<${at}>`), mark: `<${at}>` }
}
