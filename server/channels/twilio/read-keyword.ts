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

/** Where nobody listens for words by itself, only those that cannot be an answer to something else, as “yes” and “cancel” are. */
const unmistakable = new Set(['stop', 'stopall', 'unsubscribe', 'optout', 'start', 'unstop'])

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
      return wordOf(kind, said.text.trim().toLowerCase())
    default:
      return null
  }
}

const wordOf = (kind: TwilioKind, word: string) =>
  kind === 'sms' || unmistakable.has(word) ? (words.get(word) ?? null) : null
