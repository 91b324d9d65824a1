import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signature of a call: HMAC-SHA1 with the account's auth token over the address that was called and every parameter,
 * names in order, each followed by its values.
 * Source: twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signatureOf(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort()
  const text = names.reduce((whole, name) => whole + valuesText(name, form.getAll(name)), url)
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}

const valuesText = (name: string, values: readonly string[]) =>
  [...new Set(values)]
    .sort()
    .map((value) => name + value)
    .join('')

/** Is it the signature of this call? Twilio signs an address with its port or without, whichever way it was told. */
export function isSigned(authToken: string, given: string, url: string, form: URLSearchParams): boolean {
  // the very text: several texts of base64 stand for the same bytes
  const claimed = Buffer.from(given)
  return [url, withPort(url), withoutPort(url)].some((candidate) => {
    const expected = Buffer.from(signatureOf(authToken, candidate, form))
    return claimed.length === expected.length && timingSafeEqual(claimed, expected)
  })
}

const parts = /^(https?):\/\/(\[[^\]]*\]|[^/?#:]*)(:\d+)?(.*)$/s

const withoutPort = (url: string) => url.replace(parts, '$1://$2$4')

const withPort = (url: string) =>
  url.replace(
    parts,
    (_whole, scheme: string, host: string, port: string | undefined, rest: string) =>
      `${scheme}://${host}${port ?? (scheme === 'https' ? ':443' : ':80')}${rest}`,
  )
