// pure

/** The first characters of a text, none of them cut in two. */
export function beginning(text: string, characters: number): string {
  if (text.length <= characters) return text
  const enough = text.slice(0, 2 * characters)
  return [...enough].slice(0, characters).join('')
}
