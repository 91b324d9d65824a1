import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Empty } from '../ui/empty.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { PageHead } from './page-head.tsx'
import css from './settings.module.css'
import { TokenList } from './token-list.tsx'

/** The programs that act for members of the workspace by a token: which there are, when each was last used, and a way to end it. */
export default function TokensScreen() {
  const { t } = useLingui()
  const tokens = useQuery(api.apiTokens.list.queryOptions())
  const command = <code className={css.code}>npm run ficha -- token --email …</code>
  return (
    <>
      <PageHead
        title={t`API tokens`}
        lead={<Trans>Programs that act in a member's name, with that member's rights.</Trans>}
      />
      {tokens.error ? (
        <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />
      ) : !tokens.data ? (
        <ListSkeleton />
      ) : tokens.data.items.length === 0 ? (
        <Empty icon={KeyRound} level={2} title={t`No API tokens yet`}>
          <Trans>Whoever runs the server makes one: {command}</Trans>
        </Empty>
      ) : (
        <>
          <TokenList tokens={tokens.data.items} />
          <p className={css.quiet}>
            <Trans>Whoever runs the server makes one: {command}</Trans>
          </p>
        </>
      )}
    </>
  )
}
