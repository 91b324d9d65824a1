import { authenticate, type DNSResolver } from 'mailauth'
import { isPublicAddress } from '../../http/public-address.ts'
import { judgeSender } from './judge-sender.ts'

/** Who handed a mail over, as the SMTP listener saw it. */
export interface HandOver {
  readonly remoteAddress: string
  readonly helo: string
  /** '' for reports. */
  readonly mailFrom: string
}

export type Verdict = 'pass' | 'fail' | 'none'
/** Looks a name up; what it throws with `code` ENOTFOUND or ENODATA says that there is nothing. */
export type AskDns = DNSResolver

const longestMs = 10_000

/**
 * Asks the sender's domain whether a mail is its own: SPF, DKIM, DMARC. Whatever goes wrong or takes too long is no
 * verdict; a mail is never refused or lost over it.
 */
export async function authenticateMail(
  raw: Buffer,
  { remoteAddress, helo, mailFrom }: HandOver,
  { resolver, timeMs = longestMs }: { resolver?: AskDns; timeMs?: number } = {},
): Promise<{ verdict: Verdict; results: string | null }> {
  // a relay of one's own network in between: the path it came by is not known, only the signatures are
  const direct = isPublicAddress(remoteAddress)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeMs)
  })
  try {
    const asked = authenticate(raw, {
      ...(direct ? { ip: remoteAddress } : {}),
      helo,
      sender: mailFrom,
      mta: 'ficha',
      disableArc: true,
      disableBimi: true,
      ...(resolver === undefined ? {} : { resolver }),
    })
    const found = await Promise.race([asked, late])
    if (found === null) return { verdict: 'none', results: null }
    const { dkim, spf, dmarc } = found
    const domains = new Set(dkim.headerFrom.map((address) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()))
    const [domain, second] = [...domains]
    if (domain === undefined) return { verdict: 'none', results: null }
    // more than one author: whichever is shown could be the one that nobody vouched for
    if (second !== undefined || dkim.fromFields !== 1) return { verdict: 'fail', results: null }
    const judged = judgeSender(
      {
        dmarc: dmarc === false ? null : dmarc.status.result,
        spf: spf === false ? null : { result: spf.status.result, domain: spf.domain },
        dkim: dkim.results.map(({ status, signingDomain }) => ({
          result: status.result,
          domain: signingDomain ?? null,
        })),
      },
      domain,
    )
    const info = [
      spf === false ? null : spf.info,
      ...dkim.results.map((result) => result.info),
      dmarc === false ? null : dmarc.info,
    ]
    const results = info
      .filter((text) => typeof text === 'string')
      .join('; ')
      .slice(0, 2000)
    if (judged === true) return { verdict: 'pass', results }
    return { verdict: judged === false && direct ? 'fail' : 'none', results }
  } catch {
    return { verdict: 'none', results: null }
  } finally {
    clearTimeout(timer)
  }
}
