import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Notification } from '#contract/notifications.ts'

/** What a notification says, in a sentence. */
export function useNewsWords(): (item: Notification) => string {
  const { t } = useLingui()
  return ({ kind, by, contact, messages }) => {
    const name = contact.displayName ?? t`Nameless contact`
    const who = by?.name ?? t`Somebody`
    switch (kind) {
      case 'assigned':
        return t`${who} assigned ${name} to you`
      case 'mention':
        return t`${who} mentioned you in a note on ${name}`
      case 'message':
        return t`${plural(messages, { one: `${name} wrote to you`, other: `${name} wrote to you # times` })}`
    }
  }
}
