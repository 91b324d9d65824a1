import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import { ProviderRefusal } from '../provider-refusal.ts'

const maxFileBytes = 50_000_000

/**
 * Fetches a file from the address the integrator gave. The address is a stranger's: no credentials go with it.
 * @throws ProviderRefusal (`gone`, `too-large`, `address-refused` are final), OutgoingFailure when there is no answer
 */
export async function fetchFile(outgoing: OutgoingRequests, url: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const { status, body } = await outgoing(url, { maxBytes: maxFileBytes, totalMs: 120_000, redirects: 3, signal })
    if (status === 200) return body
    throw new ProviderRefusal({
      code: [401, 403, 404, 410].includes(status) ? 'gone' : 'provider-unavailable',
      detail: `HTTP ${status}`,
      passing: status >= 500 || status === 429,
    })
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error
    if (error.problem === 'too-large') throw new ProviderRefusal({ code: 'too-large', detail: null })
    if (error.problem === 'refused') throw new ProviderRefusal({ code: 'address-refused', detail: error.message })
    throw error
  }
}
