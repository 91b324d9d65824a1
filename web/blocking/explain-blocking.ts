import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { explain, reasonOf } from '../api/explain.ts'

/** Why a contact could not be blocked or unblocked, in words. */
export function explainBlocking(error: unknown, i18n: I18n): string {
  return reasonOf(error) === 'not-offered'
    ? i18n._(msg`In this workspace only owners and managers can block contacts.`)
    : explain(error, i18n)
}
