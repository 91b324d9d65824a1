import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { problemWords } from '../contacts/shared.ts'

/** Why a row is not carried out. */
export function reasonWords(problem: { path: string; reason: string }, i18n: I18n): string {
  switch (problem.reason) {
    case 'blocked':
      return i18n._(msg`The contact is blocked.`)
    case 'is-there':
      return i18n._(msg`The contact is there already.`)
    case 'not-there':
      return i18n._(msg`There is no such contact.`)
    case 'empty':
      return i18n._(msg`The row has no name, phone or email.`)
    case 'too-many-cells':
      return i18n._(msg`The row has more values than the file has columns.`)
    case 'unknown-country':
      return i18n._(msg`No country is called this.`)
    case 'unknown-language':
      return i18n._(msg`No language is called this.`)
    default:
      return problemWords(problem, i18n)
  }
}
