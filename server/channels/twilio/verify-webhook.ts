import type { WebhookCall, WebhookVerdict } from '../adapter.ts'
import { readForm } from './read-form.ts'
import type { TwilioLine } from './settings.ts'
import { isSigned } from './signature.ts'

/** TwiML that answers nothing: any other kind of body is a warning in Twilio's log. */
const silence = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

/**
 * Is this call Twilio's? It is proven by a signature over the address as Twilio was told it and all that the form says. The
 * address is this server's own, never the caller's `Host`.
 */
export function verifyWebhook(
  line: Pick<TwilioLine, 'settings'>,
  { method, headers, url, rawBody }: WebhookCall,
): WebhookVerdict {
  if (method !== 'POST') return { accept: false, status: 400, reason: 'call with POST' }
  const { authToken, sender } = line.settings
  const given = headers['x-twilio-signature']
  if (authToken === '' || given === undefined) return { accept: false, status: 401, reason: 'the call is not signed' }
  // an account may have its calls signed with a shared key: that is another secret than the one we have
  if (headers['x-twilio-webhooks-signature-settings'] !== undefined)
    return { accept: false, status: 401, reason: 'have calls to this address signed with the auth token' }
  const form = readForm(rawBody)
  if (!isSigned(authToken, given, url, form))
    return { accept: false, status: 401, reason: 'the signature does not fit' }
  return { accept: true, xml: silence, lineKeys: linesOf(form, sender) }
}

/** Whose call it is: a receipt is this line's; a message is for whoever has the number or the service it came to. */
function linesOf(form: URLSearchParams, own: string): string[] {
  if (isReceipt(form)) return []
  const to = (form.get('To') ?? '').replace(/^[a-z]+:/, '')
  const named = [form.get('MessagingServiceSid') ?? '', to].filter((key) => key !== '')
  return named.includes(own) ? [own] : named
}

/** A call that tells what became of a message of ours. */
export const isReceipt = (form: URLSearchParams): boolean =>
  form.has('MessageStatus') && form.get('MessageStatus') !== 'received'
