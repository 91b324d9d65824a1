/** What a text message is cut into on its way; each part is paid for. */
interface Segments {
  readonly count: number
  /** Characters that still fit into the last part, as the alphabet counts them. */
  readonly left: number
  /** The first character that does not belong to the phone network's own alphabet, where there is one: parts are short then. */
  readonly odd: string | null
}

/** The phone network's own alphabet. Source: 3GPP TS 23.038, 6.2.1 (default alphabet and its extension) */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Of these each is written as two. */
const extended = new Set('\f^{}\\[~]|€')

/** A message alone; a part of several, which carries a header that puts them together. */
const room = { network: [160, 153], wide: [70, 67] } as const

/**
 * Counts the parts of a text message: in the network's alphabet (GSM-7), or, with any character beyond it, in UCS-2. What is
 * written as two never stands in two parts. Pure.
 */
export function countSegments(text: string): Segments {
  const characters = [...text]
  const odd = characters.find((character) => !basic.has(character) && !extended.has(character)) ?? null
  const sizes = characters.map((character) => (odd === null ? (extended.has(character) ? 2 : 1) : character.length))
  const [alone, part] = odd === null ? room.network : room.wide
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total <= alone) return { count: total === 0 ? 0 : 1, left: alone - total, odd }
  let count = 1
  let filled = 0
  for (const size of sizes) {
    if (filled + size > part) {
      count += 1
      filled = 0
    }
    filled += size
  }
  return { count, left: part - filled, odd }
}
