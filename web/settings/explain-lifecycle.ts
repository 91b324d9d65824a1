import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'

/** What stands against an act on stages, in the person's language. */
export function explainLifecycle(error: unknown, i18n: I18n): string {
  switch (reasonOf(error)) {
    case 'name-taken':
      return i18n._(msg`There is a stage with this name already.`)
    case 'too-many':
      return i18n._(msg`There are 20 stages already. Delete those that nobody uses.`)
    case 'default':
      return i18n._(msg`New contacts begin in this stage. Choose another one for them first.`)
    case null:
    default: {
      const path = fieldProblems(error)[0]?.path
      if (path === 'emoji') return i18n._(msg`Write one emoji, or none.`)
      if (path === 'name') return i18n._(msg`Give the stage a name that can be seen.`)
      return explain(error, i18n)
    }
  }
}
