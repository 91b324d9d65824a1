import { useLingui } from '@lingui/react/macro'
import type { Role } from '#contract/policy.ts'

/** What each role is called. */
export function useRoleNames(): Record<Role, string> {
  const { t } = useLingui()
  return { owner: t`Owner`, manager: t`Manager`, agent: t`Agent` }
}
