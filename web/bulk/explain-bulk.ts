import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { codeOf, explain, fieldProblems, reasonOf } from '../api/explain.ts'

/** Why an act on many contacts was refused. */
export function explainBulk(error: unknown, i18n: I18n): string {
  if (reasonOf(error) === 'bulk-limit') return i18n._(msg`These are more contacts than the workspace allows at once.`)
  if (reasonOf(error) === 'too-many') return i18n._(msg`Many tasks are running already. Wait for some of them to end.`)
  if (fieldProblems(error)[0]?.reason === 'cannot-see')
    return i18n._(msg`This member would not see these contacts: they may see their team only, and have none.`)
  if (codeOf(error) === 'NOT_FOUND') return i18n._(msg`Some of it no longer exists. Look again.`)
  return explain(error, i18n)
}
