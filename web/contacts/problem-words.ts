import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Why a value was refused, in the person's language; the remedy, where there is one, stands beside it. */
export function problemWords(reason: string, i18n: I18n): string {
  switch (reason) {
    case 'missing-country-code':
      return i18n._(msg`The country code is missing, as in +52. Did you mean this?`)
    case 'not-a-number':
      return i18n._(msg`This is not a phone number.`)
    case 'several-numbers':
      return i18n._(msg`These are several numbers. Write one.`)
    case 'unknown-country-code':
      return i18n._(msg`No country has this code.`)
    case 'too-short':
      return i18n._(msg`Digits are missing.`)
    case 'too-long':
      return i18n._(msg`There are too many digits.`)
    case 'wrong-length':
      return i18n._(msg`Numbers of this country have another length.`)
    case 'unknown-country':
    case 'unknown-language':
      return i18n._(msg`Choose one from the list.`)
    case 'empty':
      return i18n._(msg`Give a name, a phone or an email.`)
    case 'too_big':
      return i18n._(msg`This is too long.`)
    default:
      return i18n._(msg`Check this: something isn't right.`)
  }
}
