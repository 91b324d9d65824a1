import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { RunEnd } from '#contract/workflow-words.ts'

/** Why a contact left a workflow before its end; null where it came to it. */
export function endWords(end: RunEnd, i18n: I18n): string | null {
  switch (end) {
    case 'finished':
    case 'stopStep':
      return null
    case 'stopped':
      return i18n._(msg`Taken out of it`)
    case 'workflowStopped':
      return i18n._(msg`The workflow was stopped`)
    case 'workflowRemoved':
      return i18n._(msg`The workflow was deleted`)
    case 'blocked':
      return i18n._(msg`The contact was blocked`)
    case 'merged':
      return i18n._(msg`The contact became part of another one`)
    case 'error':
      return i18n._(msg`A step could not be done`)
  }
}
