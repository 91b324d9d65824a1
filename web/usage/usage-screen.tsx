import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ShieldX } from 'lucide-react'
import { useState } from 'react'
import type { UsageCycle } from '#contract/usage.ts'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CycleNumbers } from './cycle-numbers.tsx'
import { useCycleWords } from './cycle-words.ts'
import { CyclesChart } from './cycles-chart.tsx'
import { CyclesTable } from './cycles-table.tsx'
import css from './usage.module.css'

/** Asked anew this often while somebody looks (ms). */
const refreshed = 60_000

/** Who was active by billing cycle, and what makes the number up. */
export default function UsageScreen() {
  const { t } = useLingui()
  const maySee = useCan('usage.view')
  useTitle(t`Usage`)
  return (
    <>
      <header className={css.head}>
        <h1>{t`Usage`}</h1>
        <p className={css.lead}>
          <Trans>
            Active contacts: everyone with whom at least one message was exchanged in a billing cycle, whoever wrote it.
          </Trans>
        </p>
      </header>
      {maySee ? <Usage /> : <Empty icon={ShieldX} level={2} title={t`Only owners and managers see the usage`} />}
    </>
  )
}

function Usage() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(api.usage.get.queryOptions({ refetchInterval: refreshed }))
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const [chosen, setChosen] = useState<string | null>(null)
  if (data === undefined)
    return error === null ? (
      <Pending />
    ) : (
      <ErrorState error={error} title={t`The numbers couldn't be loaded`} onRetry={() => void refetch()} />
    )
  const present = data.cycles.at(-1)!
  const shown = data.cycles.find(({ startsOn }) => startsOn === chosen) ?? present
  return (
    <>
      <Present cycle={present} daysLeft={data.daysLeft} />
      <div className={css.cards}>
        <Card
          title={<Trans>By billing cycle</Trans>}
          titleId="usage-cycles"
          end={
            <Segmented
              label={t`Show as`}
              value={view}
              onChange={setView}
              choices={[
                { id: 'chart', name: t`Chart` },
                { id: 'table', name: t`Table` },
              ]}
            />
          }
        >
          {view === 'chart' ? (
            <CyclesChart cycles={data.cycles} chosen={shown.startsOn} onChoose={setChosen} />
          ) : (
            <CyclesTable cycles={data.cycles} />
          )}
        </Card>
        <CycleNumbers cycle={shown} />
      </div>
      <HowItCounts />
    </>
  )
}

/** The cycle that runs: how many so far, and how much of it is left. */
function Present({ cycle, daysLeft }: { cycle: UsageCycle; daysLeft: number }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const words = useCycleWords()
  const day = 24 * 3600 * 1000
  const days = Math.round((Date.parse(cycle.endsOn) - Date.parse(cycle.startsOn)) / day) + 1
  const passed = days - daysLeft
  return (
    <section className={css.present} aria-label={t`This billing cycle`}>
      <p className={css.total}>
        <strong>{number(cycle.contacts)}</strong>{' '}
        <Plural value={cycle.contacts} one="active contact so far" other="active contacts so far" />
      </p>
      <div className={css.passing}>
        <p>
          {words.range(cycle)} · <Plural value={daysLeft} one="the last day" other="a new cycle begins in # days" />
        </p>
        <div className={css.track} aria-hidden="true">
          <span className={css.bar} style={{ inlineSize: `${(100 * passed) / days}%` }} />
        </div>
      </div>
    </section>
  )
}

function HowItCounts() {
  const workspace = useWorkspace()
  const maySet = useCan('settings.workspace')
  return (
    <section className={css.rules} aria-labelledby="usage-rules">
      <h2 id="usage-rules">
        <Trans>How it is counted</Trans>
      </h2>
      <ul>
        <li>
          <Trans>A contact counts once a cycle, however many messages and channels. Merged contacts count once.</Trans>
        </li>
        <li>
          <Trans>Somebody you block counts until the cycle ends, and not from the next one on.</Trans>
        </li>
        <li>
          <Trans>Somebody you delete stays counted. Nothing but a number is kept of them.</Trans>
        </li>
        <li>
          <Trans>Notes and imports make nobody active. A cycle that has ended keeps its numbers.</Trans>
        </li>
        <li>
          <Trans>
            Cycles begin on day {workspace.billingDay} of the month, by the clocks of {workspace.timeZone}.
          </Trans>{' '}
          {maySet && (
            <Link to="/w/$workspace/settings/workspace" params={{ workspace: workspace.id }}>
              <Trans>Change the day</Trans>
            </Link>
          )}
        </li>
      </ul>
    </section>
  )
}

function Pending() {
  return (
    <div aria-busy="true">
      <div className={css.present}>
        <Skeleton width={220} height={34} />
      </div>
      <div className={css.cards}>
        <Card title={<Trans>By billing cycle</Trans>}>
          <div className={css.pending}>
            <Skeleton height={220} />
          </div>
        </Card>
      </div>
    </div>
  )
}
