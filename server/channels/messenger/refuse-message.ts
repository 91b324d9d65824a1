import type { OutgoingBody } from '#contract/conversations.ts'

/** For so long after the person's last message everything may be said to them. */
export const windowHours = 24

const maxText = 2000

/**
 * Why Meta would not take a message, known before it is queued; null when nothing stands against it. Pure.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
 */
export function refuseMessage({
  body,
  fileCount,
  lastInAt,
  now,
}: {
  body: OutgoingBody
  fileCount: number
  lastInAt: Date | null
  now: Date
}): string | null {
  if (body.type === 'template') return 'templates-not-here'
  if (lastInAt === null || now.getTime() - lastInAt.getTime() >= windowHours * 3_600_000) return 'window-closed'
  if (body.type === 'buttons') {
    if (fileCount > 0) return 'buttons-without-files'
    return new Set(body.choices).size === body.choices.length ? null : 'choices-repeated'
  }
  if (fileCount === 0 && body.text.trim() === '') return 'empty'
  return body.text.length > maxText ? 'too-long' : null
}
