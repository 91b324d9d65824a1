import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { useMe } from '../api/me.ts'
import css from './settings.module.css'
import { TokenList } from './token-list.tsx'

/** The programs that act in one's own name. Nothing is shown while there are none. */
export function TokensSection() {
  const { memberId } = useMe()
  const tokens = useQuery(api.apiTokens.list.queryOptions()).data?.items ?? []
  const own = tokens.filter((token) => token.memberId === memberId)
  if (own.length === 0) return null
  return (
    <section className={css.section}>
      <h2>
        <Trans>API tokens</Trans>
      </h2>
      <p className={css.lead}>
        <Trans>Programs that act in your name. Revoke those you do not recognise.</Trans>
      </p>
      <TokenList tokens={own} />
    </section>
  )
}
