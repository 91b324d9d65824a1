import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { TwilioAccount } from './open-account.ts'

const maxMediaBytes = 50_000_000

/**
 * Fetches a file that came with a message. Twilio passes on to where it keeps it; there the account's name does not go.
 * Source: twilio.com/docs/messaging/api/media-resource
 * @throws ProviderRefusal (`gone`, `too-large` are final), OutgoingFailure when there is no answer
 */
export async function fetchMedia(account: TwilioAccount, url: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const { status, body } = await account.download(url, maxMediaBytes, signal)
    if (status === 200) return body
    throw new ProviderRefusal({
      code: [404, 410].includes(status) ? 'gone' : status === 401 ? 'credentials-refused' : 'provider-unavailable',
      detail: `HTTP ${status}`,
      lineBroken: status === 401,
      passing: status >= 500 || status === 429,
    })
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error
    if (error.problem === 'too-large') throw new ProviderRefusal({ code: 'too-large', detail: null })
    if (error.problem === 'refused') throw new ProviderRefusal({ code: 'address-refused', detail: error.message })
    throw error
  }
}
