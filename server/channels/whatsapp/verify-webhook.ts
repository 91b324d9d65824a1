import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookCall, WebhookVerdict } from '../adapter.ts'
import { phoneNumbersOf } from './parse-webhook.ts'
import type { WhatsappLine } from './settings.ts'

/**
 * Is this call WhatsApp's? GET is the handshake of the webhook's set-up, proven by the verify token; POST is proven by a
 * signature over the very bytes, keyed by the app's secret. A secret that is not set proves nothing.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export function verifyWebhook(line: WhatsappLine, call: WebhookCall): WebhookVerdict {
  return call.method === 'GET' ? verifyHandshake(line, call) : verifySignature(line, call)
}

function verifyHandshake(line: WhatsappLine, { query }: WebhookCall): WebhookVerdict {
  const token = line.secrets?.['verifyToken'] ?? ''
  const given = query['hub.verify_token'] ?? ''
  if (token === '' || !isSame(Buffer.from(given), Buffer.from(token)))
    return { accept: false, status: 403, reason: 'the verify token is not this channel’s' }
  if (query['hub.mode'] !== 'subscribe' || query['hub.challenge'] === undefined)
    return { accept: false, status: 400, reason: 'this is no handshake' }
  return { accept: false, status: 200, text: query['hub.challenge'] }
}

function verifySignature(line: WhatsappLine, { headers, rawBody }: WebhookCall): WebhookVerdict {
  const secret = line.settings.appSecret
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers['x-hub-signature-256'] ?? '')?.[1]
  if (secret === '' || given === undefined) return { accept: false, status: 401, reason: 'the call is not signed' }
  const expected = createHmac('sha256', secret).update(rawBody).digest()
  if (!isSame(Buffer.from(given, 'hex'), expected))
    return { accept: false, status: 401, reason: 'the signature does not fit' }
  return { accept: true, lineKeys: phoneNumbersOf(rawBody) }
}

const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
