import type { TwilioLine } from './settings.ts'

/**
 * Where Twilio is to tell what became of a message: where it also hands over what comes in. Null where this server is not
 * reached from the internet: a message with such an address would be refused.
 * Source: twilio.com/docs/api/errors/21609
 */
export function receiptsUrlOf(publicUrl: string, { settings, publicId }: TwilioLine): string | null {
  const { hostname } = new URL(publicUrl)
  const isOutside = hostname.includes('.') && !/^[\d.]+$/.test(hostname) && !hostname.endsWith('.local')
  return isOutside ? `${publicUrl}/webhooks/${settings.kind}/${publicId}` : null
}
