/** A plain text as HTML that looks the same: lines stay lines, and addresses of web pages can be followed. Pure. */
export function textToHtml(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => linkUp(line).replace(/^ +| {2,}/g, (blanks) => '&nbsp;'.repeat(blanks.length)))
  return `<div dir="auto">${lines.join('<br>\n')}</div>`
}

const address = /\bhttps?:\/\/[^\s<>"'`{}|\\^]{1,2000}/gi
/** What ends a sentence rather than an address; a closing bracket belongs to one that was opened in it. */
const trailing = /[.,;:!?)\]]+$/

function linkUp(line: string): string {
  let html = ''
  let at = 0
  for (const match of line.matchAll(address)) {
    let url = match[0].replace(trailing, '')
    if (match[0][url.length] === ')' && url.includes('(')) url += ')'
    if (!URL.canParse(url)) continue
    html += `${escapeHtml(line.slice(at, match.index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`
    at = match.index + url.length
  }
  return html + escapeHtml(line.slice(at))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)
