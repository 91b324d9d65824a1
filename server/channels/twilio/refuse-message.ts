import type { OutgoingBody } from '#contract/conversations.ts'

/** Of the text of one message, whatever it is cut into on its way. Source: twilio.com/docs/api/errors/21617 */
export const longestText = 1600

/** Why a text message could not go, known before it is queued; null when nothing stands against it. Pure. */
export function refuseMessage({ body, fileCount }: { body: OutgoingBody; fileCount: number }): string | null {
  if (body.type === 'template') return 'no-templates'
  if (body.type === 'buttons') return 'no-buttons'
  if (fileCount === 0 && body.text.trim() === '') return 'empty'
  return body.text.length > longestText ? 'too-long' : null
}
