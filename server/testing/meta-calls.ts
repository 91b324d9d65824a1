import { signature } from './whatsapp-webhooks.ts'

/** Calls a webhook as Meta does: signed with the app's secret, unless another signature is given. */
export function callSigned(
  appSecret: string,
  webhookUrl: string,
  payload: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload))
  return fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature(appSecret, body), ...headers },
    body: new Uint8Array(body),
  })
}

/** The handshake of a webhook's set-up. */
export function shakeHands(webhookUrl: string, verifyToken: string, challenge = '1158201444'): Promise<Response> {
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken }
  return fetch(`${webhookUrl}?${new URLSearchParams(query)}`)
}
