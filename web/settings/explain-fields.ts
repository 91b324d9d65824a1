import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'

/** What stands against an act on fields, in the person's language. */
export function explainFields(error: unknown, i18n: I18n): string {
  switch (reasonOf(error)) {
    case 'name-taken':
      return i18n._(msg`There is a field with this name already.`)
    case 'slug-taken':
      return i18n._(msg`Another field has this ID already.`)
    case 'too-many':
      return i18n._(msg`There are 500 fields already. Delete those that nobody uses.`)
    case null:
    default: {
      const path = fieldProblems(error)[0]?.path ?? ''
      if (path === 'name') return i18n._(msg`Give the field a name that can be seen.`)
      if (path === 'slug') return i18n._(msg`Use letters, digits and _ alone.`)
      if (path.startsWith('options'))
        return i18n._(msg`Write at least one option, one a line, of at most 255 characters each.`)
      return explain(error, i18n)
    }
  }
}

/** Which field of the form it is about; null where it is none in particular. */
export function placeOf(error: unknown): 'name' | 'slug' | 'options' | null {
  const reason = reasonOf(error)
  if (reason === 'name-taken') return 'name'
  if (reason === 'slug-taken') return 'slug'
  const path = fieldProblems(error)[0]?.path.split('.')[0]
  return path === 'name' || path === 'slug' || path === 'options' ? path : null
}
