import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'

/** What stands against an act on members, invitations or teams, in the person's language. */
export function explainPeople(error: unknown, i18n: I18n): string {
  switch (reasonOf(error)) {
    case 'own-access':
      return i18n._(msg`Nobody changes their own access. Ask another owner.`)
    case 'agents-only':
      return i18n._(msg`Managers work with agents only. Ask an owner.`)
    case 'already-member':
      return i18n._(msg`This person is a member already.`)
    case 'already-invited':
      return i18n._(msg`This address has an open invitation already. Renew it below for a new link.`)
    case 'name-taken':
      return i18n._(msg`There is a team with this name already.`)
    case 'category-taken':
      return i18n._(msg`There is a closing note with this category already.`)
    case 'too-many':
      return i18n._(msg`There are 500 already. Remove one that nobody uses.`)
    case null:
    default:
      return fieldProblems(error).some((problem) => problem.path === 'email')
        ? i18n._(msg`Write a plain email address, like ana@example.com.`)
        : explain(error, i18n)
  }
}
