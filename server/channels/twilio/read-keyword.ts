import type { TwilioKind } from './settings.ts'

/**
 * Words by which a person asks for silence or ends it, as a whole message. Twilio acts on the very same ones by itself, so
 * that what we know of the person stays true.
 * Source: twilio.com/docs/messaging/tutorials/advanced-opt-out (default keywords of long codes)
 */
const words = new Map<string, 'stop' | 'start'>([
  ...(['stop', 'stopall', 'unsubscribe', 'end', 'quit', 'revoke', 'optout', 'cancel'] as const).map(
    (word): [string, 'stop'] => [word, 'stop'],
  ),
  ...(['start', 'unstop', 'yes'] as const).map((word): [string, 'start'] => [word, 'start']),
])

/**
 * Does the message ask for silence, or end it? Pure. Where the service has words of its own (Advanced Opt-Out), Twilio says
 * what it understood, which counts.
 */
export function readKeyword(
  kind: TwilioKind,
  said: { optOutType: string | undefined; text: string },
): 'stop' | 'start' | null {
  switch (said.optOutType?.toUpperCase()) {
    case 'STOP':
      return 'stop'
    case 'START':
      return 'start'
    case undefined:
      // on WhatsApp nobody listens for words: a “yes” there is an answer
      return kind === 'sms' ? (words.get(said.text.trim().toLowerCase()) ?? null) : null
    default:
      return null
  }
}
