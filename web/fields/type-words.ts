import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { FieldType } from '#contract/fields.ts'

/** What kind of value a custom field takes. */
export function typeWords(type: FieldType, i18n: I18n): string {
  switch (type) {
    case 'text':
      return i18n._(msg`Text`)
    case 'list':
      return i18n._(msg({ message: 'List', context: 'type of a field' }))
    case 'checkbox':
      return i18n._(msg`Check box`)
    case 'email':
      return i18n._(msg`Email`)
    case 'number':
      return i18n._(msg`Number`)
    case 'url':
      return i18n._(msg`Web address`)
    case 'date':
      return i18n._(msg`Date`)
    case 'time':
      return i18n._(msg({ message: 'Time', context: 'of the day' }))
  }
}
