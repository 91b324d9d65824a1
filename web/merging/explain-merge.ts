import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, reasonOf } from '../api/explain.ts'

/** Why contacts cannot be merged or a merge undone, in the person's language. */
export function explainMerge(error: unknown, i18n: I18n): string {
  switch (reasonOf(error) ?? '') {
    case 'blocked':
      return i18n._(msg`One of them is blocked. Unblock it first.`)
    case 'already-one':
    case 'same-contact':
      return i18n._(msg`They are one contact already.`)
    case 'not-suggested':
      return i18n._(msg`You can merge what is suggested. Ask an owner or a manager for the rest.`)
    case 'undone':
      return i18n._(msg`This merge was undone already.`)
    case 'final':
      return i18n._(msg`One of its contacts was deleted for good.`)
    case 'not-yours':
    case 'too-late':
      return i18n._(msg`You can undo your own merges for an hour. Ask an owner or a manager for the rest.`)
    default:
      return explain(error, i18n)
  }
}
