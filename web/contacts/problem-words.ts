import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/**
 * Why a value was refused and what to do, in the person's language. A correction to take by one press (`fix`) stands
 * beside the sentence.
 */
export function problemWords(problem: { path: string; reason: string; fix?: string | undefined }, i18n: I18n): string {
  if (problem.path === 'values.email') return emailWords(problem.reason, i18n)
  if (problem.path.startsWith('values.custom.')) return customWords(problem.reason, i18n)
  switch (problem.reason) {
    case 'missing-country-code':
      return problem.fix === undefined
        ? i18n._(msg`The phone lacks its country code. Begin it with one like +34.`)
        : i18n._(msg`The country code is missing, as in +52. Did you mean this?`)
    case 'not-a-number':
      return i18n._(msg`This is not a phone. Write one like +34 600 00 01 42.`)
    case 'several-numbers':
      return i18n._(msg`These are several phones. Write one.`)
    case 'unknown-country-code':
      return i18n._(msg`No country has this code. Begin the phone with one like +34.`)
    case 'too-short':
      return i18n._(msg`The phone lacks digits. Write all of them after the country code.`)
    case 'too-long':
      return i18n._(msg`The phone has too many digits. Write one number only.`)
    case 'wrong-length':
      return i18n._(msg`Phones of this country have another length. Count the digits.`)
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

function customWords(reason: string, i18n: I18n): string {
  switch (reason) {
    case 'not-an-option':
      return i18n._(msg`Choose one from the list.`)
    case 'number':
      return i18n._(msg`This is not a number, or it is too large.`)
    case 'url':
      return i18n._(msg`This is not an address. Write one like https://example.com.`)
    case 'missing-scheme':
      return i18n._(msg`The address lacks its beginning. Did you mean this?`)
    case 'date':
      return i18n._(msg`There is no such day.`)
    case 'date-range':
      return i18n._(msg`Choose a day between 1900 and 2100.`)
    case 'time':
      return i18n._(msg`Write a time like 14:30.`)
    case 'unknown':
      return i18n._(msg`This field no longer exists.`)
    default:
      return emailWords(reason, i18n)
  }
}

function emailWords(reason: string, i18n: I18n): string {
  switch (reason) {
    case 'several-addresses':
      return i18n._(msg`These are several emails. Write one.`)
    case 'missing-at':
      return i18n._(msg`The email lacks its @, as in ana@example.com.`)
    case 'incomplete-domain':
      return i18n._(msg`The end of the email is missing, as in ana@example.com.`)
    case 'too-long':
    case 'too_big':
      return i18n._(msg`This is too long.`)
    default:
      return i18n._(msg`This is not an email. Write one like ana@example.com.`)
  }
}
