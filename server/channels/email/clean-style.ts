/** Longest style attribute that is read at all. */
const longestStyle = 4000

const length = String.raw`(?:(?:\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(?:px|pt|em|rem|ex|ch|%|in|cm|mm)?)`
const color = String.raw`(?:#[0-9a-f]{3,8}|[a-z]{3,25}|(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]{1,60}\))`
const border = String.raw`(?:${length}|thin|medium|thick|none|hidden|solid|dashed|dotted|double|inset|outset|${color})`

const only = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'i')
const words = (...list: string[]) => only(list.join('|'))
const sides = (name: string, ending = '') =>
  ['', '-top', '-right', '-bottom', '-left'].map((side) => `${name}${side}${ending}`)

/**
 * What may stand in a style attribute: how text looks and how wide things are. Nothing that takes a thing out of the flow
 * or over another, and no value that loads, computes or escapes (`url(`, `var(`, `\`).
 */
const rules = new Map<string, RegExp>([
  ...['color', 'background-color'].map((name) => [name, only(color)] as const),
  // a plain colour is the only background a mail needs
  ['background', only(color)],
  ['font-family', only(String.raw`[\w\s,'"-]{1,200}`)],
  ['font-size', only(`${length}|(?:xx?-)?(?:small|large)|medium|smaller|larger`)],
  ['font-weight', only(String.raw`\d{3}|bold|bolder|lighter|normal`)],
  ['font-style', words('italic', 'oblique', 'normal')],
  ['text-align', words('left', 'right', 'center', 'justify', 'start', 'end')],
  ['text-decoration', words('underline', 'line-through', 'none')],
  ['text-transform', words('uppercase', 'lowercase', 'capitalize', 'none')],
  ['line-height', only(String.raw`${length}|normal|\d(?:\.\d{1,3})?`)],
  ['letter-spacing', only(`${length}|normal`)],
  ['white-space', words('normal', 'nowrap', 'pre', 'pre-wrap', 'pre-line')],
  ['word-break', words('normal', 'break-all', 'break-word', 'keep-all')],
  ['overflow-wrap', words('normal', 'break-word', 'anywhere')],
  ['vertical-align', only(`${length}|top|middle|bottom|baseline|sub|super|text-top|text-bottom`)],
  ['direction', words('ltr', 'rtl')],
  ['display', words('block', 'inline', 'inline-block', 'none', 'table', 'table-row', 'table-cell', 'list-item')],
  ['float', words('left', 'right', 'none')],
  ['clear', words('left', 'right', 'both', 'none')],
  [
    'list-style-type',
    words('disc', 'circle', 'square', 'decimal', 'lower-alpha', 'upper-alpha', 'lower-roman', 'upper-roman', 'none'),
  ],
  ...['width', 'max-width', 'min-width', 'height', 'max-height'].map(
    (name) => [name, only(`${length}|auto|none`)] as const,
  ),
  ...sides('padding').map((name) => [name, only(`${length}(?: ${length}){0,3}`)] as const),
  ...sides('margin').map((name) => [name, only(`(?:${length}|auto)(?: (?:${length}|auto)){0,3}`)] as const),
  ...sides('border').map((name) => [name, only(`${border}(?: ${border}){0,2}`)] as const),
  ...[...sides('border', '-width'), ...sides('border', '-style'), ...sides('border', '-color')].map(
    (name) => [name, only(`${border}(?: ${border}){0,3}`)] as const,
  ),
  ['border-radius', only(`${length}(?: ${length}){0,3}`)],
  ['border-collapse', words('collapse', 'separate')],
  ['border-spacing', only(`${length}(?: ${length})?`)],
  ['table-layout', words('auto', 'fixed')],
])

/** The harmless part of a style attribute; '' where nothing of it is. Pure. */
export function cleanStyle(style: string): string {
  if (style.length > longestStyle || style.includes('\\') || style.includes('/*')) return ''
  const kept: string[] = []
  for (const declaration of style.split(';')) {
    const at = declaration.indexOf(':')
    if (at < 0) continue
    const name = declaration.slice(0, at).trim().toLowerCase()
    const value = declaration
      .slice(at + 1)
      .replace(/!\s*important\s*$/i, '')
      .replace(/\s+/g, ' ')
      .trim()
    if (rules.get(name)?.test(value) === true) kept.push(`${name}:${value}`)
  }
  return kept.join(';')
}
