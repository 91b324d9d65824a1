import { hkdfSync } from 'node:crypto'

/** A key for one purpose from the installation's secret: what one part signs means nothing to another. */
export function deriveKey(secret: string, purpose: 'sign-in' | 'api-token' | 'known-browser'): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `ficha ${purpose}`, 32)).toString('base64url')
}
