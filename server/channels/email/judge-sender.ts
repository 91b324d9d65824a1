import { parse as parseHost } from 'tldts'

/** What was found out about a mail's origin, by ourselves or by the server that received it. Results as RFC 8601 names them. */
export interface AuthResults {
  readonly dmarc: string | null
  readonly spf: { readonly result: string; readonly domain: string | null } | null
  readonly dkim: readonly { readonly result: string; readonly domain: string | null }[]
}

/**
 * Is the mail from whom its From line says? True: the domain vouches for it. False: the domain's own rules say it is not.
 * Null: nobody can tell, as with domains that publish nothing. Without DMARC, a signature or a path counts where its domain
 * belongs to the same organisation as the From line's. Pure.
 */
export function judgeSender({ dmarc, spf, dkim }: AuthResults, fromDomain: string): boolean | null {
  if (dmarc === 'pass') return true
  if (dmarc === 'fail') return false
  const aligned = (domain: string | null) => domain !== null && sameOrganisation(domain, fromDomain)
  if (dkim.some(({ result, domain }) => result === 'pass' && aligned(domain))) return true
  if (spf === null || !aligned(spf.domain)) return null
  if (spf.result === 'pass') return true
  return spf.result === 'fail' ? false : null
}

/** mail.shop.example and shop.example, but not a.blogspot.com and b.blogspot.com. */
export function sameOrganisation(one: string, other: string): boolean {
  const [a, b] = [organisation(one), organisation(other)]
  return a !== null && a === b
}

function organisation(host: string): string | null {
  const bare = host.toLowerCase().replace(/\.$/, '')
  return bare === '' ? null : (parseHost(bare, { allowPrivateDomains: true }).domain ?? bare)
}
