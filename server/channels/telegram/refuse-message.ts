import type { OutgoingBody } from '#contract/conversations.ts'

/** Source: core.telegram.org/bots/api#sendmessage and #sendphoto */
const maxText = 4096
const maxCaption = 1024

/** Why Telegram would not take a message, known before it is queued; null when nothing stands against it. Pure. */
export function refuseMessage({ body, fileCount }: { body: OutgoingBody; fileCount: number }): string | null {
  if (body.type === 'template') return 'templates-not-here'
  if (body.type === 'buttons' && fileCount > 0) return 'buttons-without-files'
  if (fileCount === 0 && body.text.trim() === '') return 'empty'
  return body.text.length > (fileCount === 0 ? maxText : maxCaption) ? 'too-long' : null
}
