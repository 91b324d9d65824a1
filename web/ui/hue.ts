const hues = [25, 60, 100, 150, 195, 235, 285, 330] as const

/** The hue (degrees) of a person or label. Made from the id, so it never changes when the name does. */
export function hueOf(id: number | string): number {
  let hash = 0
  for (const character of String(id)) hash = (hash * 31 + character.charCodeAt(0)) >>> 0
  return hues[hash % hues.length] ?? hues[0]
}
