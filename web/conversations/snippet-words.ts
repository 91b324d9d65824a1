import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What a message without words is called, in lists and where it is quoted. `type` is that of its body. */
export function wordsForType(type: string, i18n: I18n): string {
  switch (type) {
    case 'attachment':
      return i18n._(msg`Attachment`)
    case 'location':
      return i18n._(msg`Location`)
    case 'contacts':
      return i18n._(msg`Contact card`)
    case 'email':
      return i18n._(msg`Email without text`)
    case 'buttons':
      return i18n._(msg`Message with buttons`)
    case 'template':
      return i18n._(msg`Template`)
    case 'note':
      return i18n._(msg`Internal note`)
    case 'story':
      return i18n._(msg`A story on Instagram`)
    case 'unsent':
      return i18n._(msg`Message taken back`)
    case 'none':
      return i18n._(msg`No messages yet`)
    default:
      return i18n._(msg`A message of a kind that can't be shown`)
  }
}
