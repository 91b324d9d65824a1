/** Below this a picture is small enough as it is. */
const enough = 150_000

const shrinkable = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif'])

/** Is there a small picture of this file to be had? */
export const hasSmall = ({ type, size }: { type: string; size: number | null }): boolean =>
  shrinkable.has(type) && (size ?? 0) > enough

/** Where a small picture of a file is; the file itself where that is small, or moves; null for what is no picture. */
export function smallUrlOf(
  file: { kind: string; type: string; size: number | null },
  url: string | null,
): string | null {
  if (file.kind !== 'image' || url === null) return null
  return hasSmall(file) ? `${url}/small` : url
}
