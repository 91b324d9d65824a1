import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ChannelHealth } from '#contract/channels.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import css from './channels.module.css'

/** Asked anew this often while somebody looks (ms): queues move without anybody being told. */
const refreshed = 20_000
/** Counted no further. */
const longestQueue = 10_000
const mostUndelivered = 1000
/** From so many tried a share says something, and from this one on it is much. */
const enoughTried = 20
const muchFailed = 0.1

/** How a channel does: what came and went, how much of it failed, what waits, and what there is to do. */
export function HealthSection({ channelId }: { channelId: number }) {
  const health = useQuery(api.channels.health.queryOptions({ input: { channelId }, refetchInterval: refreshed }))
  return (
    <section className={css.section} aria-busy={health.isPending}>
      <h2>
        <Trans>How it does</Trans>
      </h2>
      {health.data ? (
        <Figures health={health.data} />
      ) : health.error ? (
        <ErrorState error={health.error} onRetry={() => void health.refetch()} />
      ) : (
        <div className={css.tiles}>
          {[1, 2, 3, 4].map((tile) => (
            <div key={tile} className={css.tile}>
              <Skeleton width="60%" />
              <Skeleton width="40%" height={22} />
              <Skeleton width="80%" />
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function Figures({ health }: { health: ChannelHealth }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const workspace = useWorkspace().id
  const { channel, day, week, queued, undelivered } = health
  const toSee = undelivered.failed + undelivered.unknown
  const { unknown } = undelivered
  return (
    <>
      <p className={css.advice}>{useAdvice(health)}</p>
      <dl className={css.tiles}>
        <Share label={t`Last 24 hours`} of={day} />
        <Share label={t`Last 7 days`} of={week} />
        <Tile
          label={t`Waiting to be sent`}
          value={queued >= longestQueue ? `${number(longestQueue)}+` : number(queued)}
        >
          {queued === 0 ? (
            <Trans>Nothing waits.</Trans>
          ) : channel.state === 'connected' && channel.holdup === null ? (
            <Trans>They go out now.</Trans>
          ) : (
            <Trans>They go out when the channel sends again.</Trans>
          )}
        </Tile>
        <Tile
          label={t`Undelivered`}
          value={toSee >= mostUndelivered ? `${number(mostUndelivered)}+` : number(toSee)}
          isBad={toSee > 0}
        >
          {unknown > 0 && (
            <>
              <Plural value={unknown} one="# may have been sent." other="# may have been sent." />{' '}
            </>
          )}
          <Link
            to="/w/$workspace/settings/channels/undelivered/{-$channelId}"
            params={{ workspace, channelId: String(channel.id) }}
            className={css.link}
          >
            {toSee === 0 ? t`See the list` : t`See them and send again`}
          </Link>
        </Tile>
      </dl>
    </>
  )
}

/** The one sentence that whoever opens the page wants first. */
function useAdvice({ channel, day, week, undelivered }: ChannelHealth): string {
  const { t } = useLingui()
  const isMuch = [day, week].some(({ tried, failed }) => tried >= enoughTried && failed / tried >= muchFailed)
  if (channel.state === 'broken') return t`It needs somebody: see above what to do.`
  if (channel.state === 'paused') return t`It is paused. Whoever writes to you is heard when it goes on.`
  if (channel.holdup !== null) return t`Sending rests for a while. What waits goes out by itself.`
  if (undelivered.unknown > 0) return t`Some messages may have been sent: only a person can tell. Decide in the list.`
  if (isMuch) return t`Many messages do not arrive. The list says why for each.`
  if (channel.lastInAt === null && channel.lastOutAt === null)
    return t`Nothing has come or gone yet. Write to it yourself once.`
  return t`All is well. There is nothing to do.`
}

function Share({ label, of }: { label: string; of: ChannelHealth['day'] }) {
  const { t } = useLingui()
  const { tag, number } = useFormats()
  const { tried, failed, unknown } = of
  const share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const [all, lost, doubtful] = [number(tried), number(failed), number(unknown)]
  if (tried === 0)
    return (
      <Tile label={label} value="–">
        <Trans>Nothing was sent.</Trans>
      </Tile>
    )
  return (
    <Tile
      label={label}
      value={t`${share.format((failed + unknown) / tried)} errors`}
      isBad={(failed + unknown) / tried >= muchFailed}
    >
      <Trans>
        {all} tried: {lost} not delivered, {doubtful} in doubt
      </Trans>
    </Tile>
  )
}

function Tile(props: { label: string; value: string; isBad?: boolean; children: ReactNode }) {
  return (
    <div className={css.tile}>
      <dt>{props.label}</dt>
      <dd className={css.figure} data-bad={props.isBad ?? false}>
        {props.value}
      </dd>
      <dd className={css.small}>{props.children}</dd>
    </div>
  )
}
