import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookCall, WebhookVerdict } from '../adapter.ts'

/** What of a line proves a call: the app's secret, and the verify token made when it was connected. */
interface ProvenLine {
  readonly settings: { readonly appSecret: string }
  readonly secrets?: Readonly<Record<string, string>>
}

/**
 * Is this call Meta's? GET is the handshake of the webhook's set-up, proven by the verify token; POST is proven by a
 * signature over the very bytes, keyed by the app's secret. A secret that is not set proves nothing.
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, the same for WhatsApp in
 * developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 * @param lineKeysOf the lines of the app that a proven body speaks of
 */
export function verifyWebhook(
  line: ProvenLine,
  call: WebhookCall,
  lineKeysOf: (body: Buffer) => string[],
): WebhookVerdict {
  if (call.method === 'GET') return verifyHandshake(line, call)
  return isSigned(line, call)
    ? { accept: true, lineKeys: lineKeysOf(call.rawBody) }
    : { accept: false, status: 401, reason: 'the call is not signed with this channel’s app secret' }
}

function verifyHandshake(line: ProvenLine, { query }: WebhookCall): WebhookVerdict {
  const token = line.secrets?.['verifyToken'] ?? ''
  const given = query['hub.verify_token'] ?? ''
  if (token === '' || !isSame(Buffer.from(given), Buffer.from(token)))
    return { accept: false, status: 403, reason: 'the verify token is not this channel’s' }
  if (query['hub.mode'] !== 'subscribe' || query['hub.challenge'] === undefined)
    return { accept: false, status: 400, reason: 'this is no handshake' }
  return { accept: false, status: 200, text: query['hub.challenge'] }
}

function isSigned({ settings: { appSecret } }: ProvenLine, { headers, rawBody }: WebhookCall): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers['x-hub-signature-256'] ?? '')?.[1]
  if (appSecret === '' || given === undefined) return false
  return isSame(Buffer.from(given, 'hex'), createHmac('sha256', appSecret).update(rawBody).digest())
}

const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
