import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'

/** What stands against an act on tags, in the person's language. */
export function explainTags(error: unknown, i18n: I18n): string {
  switch (reasonOf(error)) {
    case 'name-taken':
      return i18n._(msg`There is a tag with this name already.`)
    case 'too-many':
      return i18n._(msg`There are 1,000 tags already. Merge some, or delete those that nobody uses.`)
    case 'too-many-tags':
      return i18n._(msg`A contact has at most 100 tags.`)
    case 'same-tag':
    case 'merged':
      return i18n._(msg`This tag has become part of another one meanwhile.`)
    case null:
    default: {
      const [problem] = fieldProblems(error)
      if (problem?.path === 'emoji') return i18n._(msg`Write one emoji, or none.`)
      if (problem?.path === 'name' || problem?.path === 'names')
        return i18n._(msg`Give the tag a name that can be seen.`)
      return explain(error, i18n)
    }
  }
}
