import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { LooksSection } from './looks-section.tsx'
import { NameSection } from './name-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { PageHead } from './page-head.tsx'
import { PasswordSection } from './password-section.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TokensSection } from './tokens-section.tsx'

/** What is the signed-in person's own: name, looks, password, second step, sessions, API tokens. */
export default function AccountScreen() {
  const { t } = useLingui()
  const security = useQuery(api.account.security.queryOptions({ staleTime: 0 }))
  return (
    <>
      <PageHead title={t`Your account`} />
      <NameSection />
      <LooksSection />
      <NotificationsSection />
      <PasswordSection />
      {security.error ? (
        <ErrorState error={security.error} onRetry={() => void security.refetch()} />
      ) : (
        security.data && (
          <>
            <SecondFactorSection isOn={security.data.secondFactor} />
            <SessionsSection sessions={security.data.sessions} />
          </>
        )
      )}
      <TokensSection />
    </>
  )
}
