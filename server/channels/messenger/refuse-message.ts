import type { OutgoingBody } from '#contract/conversations.ts'
import type { PlatformSettings } from './settings.ts'

const hourMs = 3_600_000

/**
 * For so long after the person's last message everything may be said to them; people, not programs, may answer for longer
 * where Meta has allowed the app to.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/message-tags
 */
const standardHours = 24
const humanAgentHours = 7 * 24

/** How long after the person's last message they may be written to. */
export const hoursOf = ({ humanAgent }: Pick<PlatformSettings, 'humanAgent'>): number =>
  humanAgent ? humanAgentHours : standardHours

/** Is the standard window shut, so that only a person's answer may go? */
export const isLate = (lastInAt: Date | null, now: Date): boolean =>
  lastInAt === null || now.getTime() - lastInAt.getTime() >= standardHours * hourMs

/** Why Meta would not take a message, known before it is queued; null when nothing stands against it. Pure. */
export function refuseMessage(
  settings: Pick<PlatformSettings, 'kind' | 'humanAgent'>,
  message: { body: OutgoingBody; fileCount: number; lastInAt: Date | null; now: Date; byHand: boolean },
): string | null {
  const { body, fileCount, lastInAt, now, byHand } = message
  if (body.type === 'template') return 'templates-not-here'
  const hours = byHand ? hoursOf(settings) : standardHours
  if (lastInAt === null || now.getTime() - lastInAt.getTime() >= hours * hourMs) return 'window-closed'
  if (body.type === 'buttons' && fileCount > 0) return 'buttons-without-files'
  if (body.type === 'buttons' && new Set(body.choices).size < body.choices.length) return 'choices-repeated'
  if (fileCount === 0 && body.text.trim() === '') return 'empty'
  return isTooLong(settings.kind, body.text) ? 'too-long' : null
}

/**
 * Source: …/messenger-platform/send-messages (2000 characters),
 * developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api (1000 bytes)
 */
const isTooLong = (kind: PlatformSettings['kind'], text: string) =>
  kind === 'instagram' ? Buffer.byteLength(text) > 1000 : text.length > 2000
