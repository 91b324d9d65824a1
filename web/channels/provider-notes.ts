import { useLingui } from '@lingui/react/macro'
import type { ProviderId } from './mail-providers.ts'

/** What one has to know of a provider before its mailbox lets anybody in. */
export function useProviderNote(provider: ProviderId | null): string | null {
  const { t } = useLingui()
  switch (provider) {
    case 'gmail':
      return t`Google wants an app password here: switch on 2-step verification, then make one at myaccount.google.com/apppasswords.`
    case 'microsoft':
      return t`Microsoft lets passwords sign in only where an administrator allows it, and often not for reading. If the test is refused, have mail forwarded to Ficha and send through another server.`
    case 'yahoo':
      return t`Yahoo wants an app password here: make one under “Account security”.`
    case 'icloud':
      return t`Apple wants an app-specific password here: make one at account.apple.com under “Sign-in and security”.`
    case 'zoho':
      return t`Switch on IMAP in Zoho's settings. Accounts kept in Europe are at zoho.eu instead of zoho.com, those of companies at smtppro and imappro.`
    case 'own':
    case null:
      return null
  }
}
