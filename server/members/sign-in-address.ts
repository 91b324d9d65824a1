import { domainToASCII, domainToUnicode } from 'node:url'

/**
 * The one spelling under which an address signs in, is invited and gets mail: lower case, the domain in its ASCII form.
 * Null for anything that only looks like such an address (full-width signs, dotless ı, other letters before the @): it is
 * refused rather than folded, so that no address ever stands for another one that looks the same.
 */
export function signInAddress(typed: string): string | null {
  const [local, domain, ...rest] = typed.trim().split('@')
  if (local === undefined || domain === undefined || rest.length > 0) return null
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.test(local) || /^\.|\.\.|\.$/.test(local)) return null
  const ascii = asciiDomain(domain)
  return ascii === null ? null : `${local.toLowerCase()}@${ascii}`
}

/** A domain with letters of its own language (peña.es) has an ASCII form; one that merely maps onto another domain has none. */
function asciiDomain(domain: string): string | null {
  const written = lowerCaseAscii(domain)
  const ascii = domainToASCII(written)
  if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/.test(ascii)) return null
  return ascii === written || domainToUnicode(ascii) === written ? ascii : null
}

/** `toLowerCase` alone would turn the Kelvin sign into a k. */
const lowerCaseAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
