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
    case 'unknown-channel':
      return i18n._(msg`Name a channel of the workspace, several apart by |, or write “all”.`)
    case 'unknown-stage':
      return i18n._(msg`No lifecycle stage is called this: write one of the workspace's, or make it in the settings.`)
    case 'unknown-member':
      return i18n._(msg`No member is called this: write their email, or their name.`)
    case 'several-members':
      return i18n._(msg`Several members are called this: write the email.`)
    case 'cannot-see':
      return i18n._(msg`They would not see the contact: they may see their team only, and have none.`)
    case 'created-date':
      return i18n._(msg`Write the day as 2026-05-03, or with a time as 2026-05-03 14:30.`)
    case 'future':
      return i18n._(msg`This day is still to come: write the one on which the contact was made.`)
    default:
      return problemWords(problem, i18n)
  }
}
