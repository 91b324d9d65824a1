/** Longest name, in characters; with four bytes each still within what file systems take. */
const longest = 120

/**
 * A file's name as it may be shown and suggested for saving: no folders, no control characters, nothing that turns the
 * reading direction (`invoice‮fdp.exe`), never empty; the ending survives shortening.
 */
export function cleanFileName(raw: string, fallback = 'file'): string {
  const last = raw.toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const name = last
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (name === '') return fallback
  const characters = [...name]
  if (characters.length <= longest) return name
  const ending = /\.[\w-]{1,10}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, longest - ending.length).join('') + ending
}
