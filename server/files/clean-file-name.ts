/** Longest name, in UTF-16 units: in any script less than the 255 bytes file systems take. */
const longest = 84

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
  if (name.length <= longest) return name
  const ending = /\.[\w-]{1,10}$/.exec(name)?.[0] ?? ''
  return name.slice(0, longest - ending.length).replace(/[\ud800-\udbff]$/, '') + ending
}
