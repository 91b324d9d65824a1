import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Reason } from '#contract/suggestion.ts'
import { isSame } from './find-matches.ts'

/** The evidence in two or three words, as it stands on a pill; null where the contacts were chosen by hand. */
export function reasonSummary(reasons: readonly Reason[], i18n: I18n): string | null {
  if (reasons.length === 0) return null
  const has = (kind: Reason['kind']) => reasons.some((one) => one.kind === kind && isSame(one.strength))
  if (has('phone') && has('email')) return i18n._(msg`Same email and phone`)
  if (has('phone')) return i18n._(msg`Same phone`)
  if (has('email')) return i18n._(msg`Same email`)
  if (has('channel')) return i18n._(msg`Same account`)
  return i18n._(msg`Alike`)
}
