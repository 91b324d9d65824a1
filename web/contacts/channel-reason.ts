import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ChannelReason } from '#contract/classify-line.ts'

/** Why a channel is not in use with a contact; null where the address that could be used says it. */
export function reasonWords(
  reason: ChannelReason,
  { kind, by }: { kind: string; by: 'phone' | 'email' | null },
  i18n: I18n,
): string | null {
  switch (reason) {
    case 'exchanged':
    case 'has-phone':
    case 'has-email':
      return null
    case 'not-through':
      return i18n._(msg`The first message hasn't gone through yet`)
    case 'no-phone':
      return i18n._(msg`No phone number`)
    case 'no-email':
      return i18n._(msg`No email address`)
    case 'only-contact':
      return i18n._(msg`Only the contact can start on ${kind}`)
    case 'address-of-another':
      return by === 'email'
        ? i18n._(msg`Another contact is reached here by this email. They may be the same person.`)
        : i18n._(msg`Another contact is reached here by this phone. They may be the same person.`)
    case 'paused':
      return i18n._(msg`Paused: nothing goes out until an owner resumes it`)
  }
}
