import type { OutgoingBody } from '#contract/conversations.ts'

/** Why the custom channel's protocol has no place for a message; null when it has. Pure. */
export function refuseMessage({ body, fileCount }: { body: OutgoingBody; fileCount: number }): string | null {
  if (fileCount > 1) return 'too-many-files'
  if (body.type === 'template') return 'templates-not-here'
  if (body.type === 'buttons') return fileCount > 0 ? 'buttons-without-files' : null
  return fileCount === 0 && body.text.trim() === '' ? 'empty' : null
}
