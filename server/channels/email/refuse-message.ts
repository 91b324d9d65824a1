import type { OutgoingBody } from '#contract/conversations.ts'

/** Why a message has no form as a mail; null when it has. Pure. */
export function refuseMessage({ body, fileCount }: { body: OutgoingBody; fileCount: number }): string | null {
  if (body.type === 'template') return 'templates-not-here'
  if (body.type === 'buttons') return 'buttons-not-here'
  return fileCount === 0 && body.text.trim() === '' ? 'empty' : null
}
