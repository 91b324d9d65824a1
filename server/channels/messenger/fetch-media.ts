import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import { ProviderRefusal } from '../provider-refusal.ts'

/** Meta carries files of 25 MB. */
const maxMediaBytes = 30_000_000

/**
 * Fetches a file that came with a message, from the signed address the webhook gave; it is not told who we are.
 * @throws ProviderRefusal (`gone`, `too-large` are final), OutgoingFailure when there is no answer
 */
export async function fetchMedia(outgoing: OutgoingRequests, url: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const file = await outgoing(url, { maxBytes: maxMediaBytes, totalMs: 120_000, redirects: 3, signal })
    if (file.status === 200) return file.body
    // a signed address ends after some days
    const gone = [403, 404, 410].includes(file.status)
    throw new ProviderRefusal({ code: gone ? 'gone' : 'provider-unavailable', detail: null, passing: !gone })
  } catch (error) {
    const isLarge = error instanceof OutgoingFailure && error.problem === 'too-large'
    throw isLarge ? new ProviderRefusal({ code: 'too-large', detail: null }) : error
  }
}
