import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'

type Source = Pick<ContactDetails['fields'][StandardField], 'source' | 'by'>

/** Where a value came from, and from whom. */
export function sourceWords({ source, by: who }: Source, i18n: I18n): string {
  switch (source) {
    case 'channel':
      return who === null ? i18n._(msg`From the channel`) : i18n._(msg`From the channel ${who}`)
    case 'person':
      return who === null ? i18n._(msg`Entered by hand`) : i18n._(msg`Entered by ${who}`)
    case 'import':
      return i18n._(msg`From an import`)
    case 'merge':
      return i18n._(msg`From a merge`)
    case 'api':
      return who === null ? i18n._(msg`By the API`) : i18n._(msg`By the API, in the name of ${who}`)
    case 'workflow':
      return who === null ? i18n._(msg`By a workflow`) : i18n._(msg`By the workflow ${who}`)
    case 'derived':
      return i18n._(msg`Worked out from the phone`)
    case 'sample':
      return i18n._(msg`Sample data`)
  }
}
