import { useLingui } from '@lingui/react/macro'
import type { BlockingOffer } from '#contract/policy.ts'

/** Whom the Inbox offers to block a contact. */
export function useOfferNames(): Record<BlockingOffer, string> {
  const { t } = useLingui()
  return {
    nobody: t({ message: 'Not offered', context: 'blocking in the Inbox' }),
    managers: t`To owners and managers`,
    everyone: t`To everyone`,
  }
}
