import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Dashboard } from '#contract/dashboard.ts'
import { api } from '../api/client.ts'
import { useMe } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { SuggestionsPanel } from '../duplicates/shared.ts'
import { Pane } from '../ui/pane.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChannelsCard } from './channels-card.tsx'
import css from './dashboard-screen.module.css'
import { DaysCard } from './days-card.tsx'
import { MembersCard } from './members-card.tsx'
import { NumbersStrip } from './numbers-strip.tsx'
import { useGreeting } from './use-greeting.ts'
import { WaitingCard } from './waiting-card.tsx'

/** Asked anew this often while somebody looks (ms). */
const refreshed = 30_000

/** How the team stands: what is open, who waits, how the week went, and which contacts may be one person. */
export default function DashboardScreen() {
  const { t } = useLingui()
  const greeting = useGreeting(useMe().name)
  const board = useQuery(api.dashboard.get.queryOptions({ refetchInterval: refreshed }))
  useTitle(t`Home`)
  return (
    <Pane label={t`Home`} className={css.pane} isBusy={board.isPending}>
      <div className={css.scroll}>
        <div className={css.page}>
          <header className={css.head}>
            <h1 className={css.title}>{greeting}</h1>
            <p className={css.lead}>
              {board.data === undefined ? <Skeleton width={280} /> : <Lead board={board.data} />}
            </p>
          </header>
          {board.error !== null && board.data === undefined ? (
            <ErrorState
              error={board.error}
              title={t`The numbers couldn't be loaded`}
              onRetry={() => void board.refetch()}
            />
          ) : (
            <>
              <NumbersStrip board={board.data} />
              <div className={css.columns}>
                <div className={css.column}>
                  <SuggestionsPanel />
                  <DaysCard days={board.data?.days} />
                </div>
                <div className={css.column}>
                  <WaitingCard waiting={board.data?.waiting} />
                  <ChannelsCard channels={board.data?.channels} />
                  <MembersCard members={board.data?.members} />
                </div>
              </div>
            </>
          )}
        </div>
      </div>
    </Pane>
  )
}

function Lead({ board }: { board: Dashboard }) {
  const { mine } = board.open
  const { overAnHour } = board.waiting
  return (
    <>
      {mine === 0 ? (
        <Trans>No open conversation is yours.</Trans>
      ) : (
        <Plural value={mine} one="You have # open conversation." other="You have # open conversations." />
      )}{' '}
      {overAnHour > 0 && (
        <Plural
          value={overAnHour}
          one="In the team, # has been waiting for more than an hour."
          other="In the team, # have been waiting for more than an hour."
        />
      )}
    </>
  )
}
