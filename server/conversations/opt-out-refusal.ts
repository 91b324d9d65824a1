import type { OptOut } from '#contract/contacts.ts'
import type { OutgoingBody } from '#contract/conversations.ts'
import type { OpenedLine } from '../channels/open-line.ts'
import { findTemplate } from './find-template.ts'

/**
 * Why a message may not go to somebody who has opted out; null where it may. Who stopped advertising, or has unsubscribed, is sent no
 * template that advertises and no mail that no person wrote, and is answered all the same.
 */
export function optOutRefusal(
  scope: OptOut['scope'] | null,
  { line, adapter }: Pick<OpenedLine, 'line' | 'adapter'>,
  { body, isAutomatic }: { readonly body: OutgoingBody; readonly isAutomatic: boolean },
): string | null {
  if (scope === 'all') return 'opted-out'
  if (scope === null) return null
  if (findTemplate(line.progress, body)?.category === 'marketing') return 'marketing-stopped'
  return isAutomatic && adapter.kind === 'email' ? 'unsubscribed' : null
}
