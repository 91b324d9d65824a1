// pure

/** What stands before the first place to be filled. */
const fixedPart = (url: string) => url.split('{{')[0] ?? ''

/** Scheme, host and port of a request's address; null where it is none, or where a place to be filled decides on them. */
export function hostOf(url: string): string | null {
  const fixed = fixedPart(url)
  // the host must be over before anything is filled in, or `{{name}}` could lead anywhere
  if (!/^https?:\/\/[^/?#]+(?:[/?#]|$)/i.test(fixed)) return null
  if (fixed !== url && !/^https?:\/\/[^/?#]+[/?#]/i.test(fixed)) return null
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\\\u007f]/.test(fixed) || !URL.canParse(fixed)) return null
  const { origin, username, password } = new URL(fixed)
  return username === '' && password === '' ? origin : null
}
