import sanitizeHtml from 'sanitize-html'
import { cleanStyle } from './clean-style.ts'
import { htmlToText } from './html-to-text.ts'
import { escapeHtml } from './text-to-html.ts'

/** Longer HTML is cut: no mail is read so far. */
const longestHtml = 1_000_000
/** Deeper than any mail program builds: cleaning such a tree takes more time than its size says. */
const deepest = 5000

const tags =
  `a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
  figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span
  strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr`.split(/\s+/)

/** Go with everything in them: what they hold is code, another language's markup, or not meant to be seen. */
const silent =
  `script style textarea option select xmp noscript noembed noframes plaintext template title svg math iframe frameset object
  embed applet audio video canvas`.split(/\s+/)

const shared = ['style', 'dir', 'lang', 'title', 'align', 'valign', 'width', 'height', 'bgcolor']

interface Options {
  /** Load what lies on other servers: the sender learns when and where from the mail was opened. */
  readonly remoteContent: boolean
  /** The address of a file that came with the mail, by its content id; null where there is none. */
  readonly fileUrl: (contentId: string) => string | null
}

/**
 * A mail's HTML made harmless: an allow-list of tags, attributes and styles; links only to web pages, mailboxes and phones;
 * pictures only from the mail itself unless remote content is asked for. Meant to be shown in a sandboxed frame all the
 * same. Pure.
 */
export function cleanMailHtml(
  html: string,
  { remoteContent, fileUrl }: Options,
): { html: string; hasRemoteContent: boolean } {
  let hasRemoteContent = false
  const picture = (attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes => {
    const { src = '', ...rest } = attributes
    const found = readSource(src)
    if (found.type === 'remote') hasRemoteContent = true
    const shown =
      found.type === 'inside' ? fileUrl(found.contentId) : found.type === 'remote' && !remoteContent ? null : found.src
    return { ...rest, ...(shown === null ? {} : { src: shown, loading: 'lazy', referrerpolicy: 'no-referrer' }) }
  }
  const source = html.slice(0, longestHtml).toWellFormed()
  if (isTooDeep(source)) return { html: `<pre>${escapeHtml(htmlToText(source))}</pre>`, hasRemoteContent }
  const cleaned = sanitizeHtml(source, {
    allowedTags: tags,
    nonTextTags: silent,
    disallowedTagsMode: 'discard',
    // browsers start to flatten trees at about 500, and not all in the same way
    nestingLimit: 200,
    allowedAttributes: {
      '*': shared,
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt', 'border', 'loading', 'referrerpolicy'],
      table: ['border', 'cellpadding', 'cellspacing'],
      td: ['colspan', 'rowspan', 'nowrap'],
      th: ['colspan', 'rowspan', 'nowrap'],
      col: ['span'],
      colgroup: ['span'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      ul: ['type'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    // what a picture may be loaded from has been decided by then
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: cleanAttributes(linkOf(attributes)) }),
      img: (tagName, attributes) => ({ tagName, attribs: cleanAttributes(picture(attributes)) }),
      '*': (tagName, attributes) => ({ tagName, attribs: cleanAttributes(attributes) }),
    },
  })
  return { html: cleaned, hasRemoteContent }
}

/** Counts only tags that nothing closes by itself, such as a cell the next cell. */
function isTooDeep(html: string): boolean {
  let depth = 0
  for (const [, end, tag] of html.matchAll(/<(\/?)([a-z][a-z0-9:-]{0,30})/gi)) {
    if (/^(?:br|hr|img|p|li|td|th|tr|dt|dd|tbody|thead|tfoot|col|input|meta|link|wbr|area|source)$/i.test(tag!))
      continue
    depth = Math.max(0, depth + (end === '' ? 1 : -1))
    if (depth > deepest) return true
  }
  return false
}

function cleanAttributes({ style, ...rest }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const kept = style === undefined ? '' : cleanStyle(style)
  return kept === '' ? rest : { ...rest, style: kept }
}

function linkOf({ href, target: _target, rel: _rel, ...rest }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const link = href === undefined ? null : readLink(href)
  return link === null ? rest : { ...rest, href: link, target: '_blank', rel: 'noopener noreferrer' }
}

/** A link as a browser would read it; null where it leads to anything but a page, a mailbox or a phone. */
function readLink(href: string): string | null {
  const link = withoutControls(href)
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(link) || !URL.canParse(link)) return null
  return link
}

type Source =
  | { readonly type: 'inside'; readonly contentId: string }
  | { readonly type: 'remote'; readonly src: string }
  | { readonly type: 'own' | 'none'; readonly src: string | null }

function readSource(src: string): Source {
  const source = withoutControls(src)
  if (/^cid:/i.test(source)) return { type: 'inside', contentId: decode(source.slice(4)) }
  if (/^(?:https?:)?\/\//i.test(source)) {
    const url = source.startsWith('/') ? `https:${source}` : source
    return URL.canParse(url) ? { type: 'remote', src: url } : { type: 'none', src: null }
  }
  const drawn = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=]+$/i.test(source)
  return drawn ? { type: 'own', src: source } : { type: 'none', src: null }
}

/** Browsers skip tabs and line breaks within an address, and blanks and control characters before it. */
const withoutControls = (value: string) =>
  // oxlint-disable-next-line no-control-regex -- taking them out is the point
  value.replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g, '')

const decode = (contentId: string) => {
  try {
    return decodeURIComponent(contentId)
  } catch {
    return contentId
  }
}
