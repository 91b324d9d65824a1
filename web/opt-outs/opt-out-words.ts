import { useLingui } from '@lingui/react/macro'
import type { OptOut } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'

/** Who said that a contact wants no messages, when and why: in one line. */
export function useOptOutFacts(): (optOut: OptOut) => string {
  const { t } = useLingui()
  const { date } = useFormats()
  return ({ source, by, at, reason }) => {
    const who = {
      contact: t`The contact asked for it`,
      channel: t`Said by the provider`,
      import: t`From an import`,
      person: by ?? t`Somebody`,
      api: by ?? t`Somebody`,
    }[source]
    return [who, date(at), ...(reason === null ? [] : [reason])].join(' · ')
  }
}
