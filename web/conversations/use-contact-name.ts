import { useLingui } from '@lingui/react/macro'

/** What a contact is called where nothing is known of them. */
export function useContactName(name: string | null | undefined): string {
  const { t } = useLingui()
  return name ?? t`Contact without a name`
}
