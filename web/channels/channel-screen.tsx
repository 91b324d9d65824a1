import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import { api, client } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Banner } from '../ui/banner.tsx'
import { Empty } from '../ui/empty.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast } from '../ui/toast-store.ts'
import { ChannelForm } from './channel-form.tsx'
import { ChannelHead } from './channel-head.tsx'
import { ChannelState } from './channel-state.tsx'
import css from './channels.module.css'
import { ChannelTimes } from './channel-times.tsx'
import { draftOf } from './draft.ts'
import { HealthSection } from './health-section.tsx'
import { OnlyOwners } from './only-owners.tsx'
import { SetupSection } from './setup-section.tsx'
import { StopSection } from './stop-section.tsx'
import { TroubleBanner } from './trouble-banner.tsx'

const route = getRouteApi('/w/$workspace/settings/channels/$channelId')

/** One channel: how it does, what to enter at its provider, its settings, and its end. Managers see how it does. */
export default function ChannelScreen() {
  const { t } = useLingui()
  const { channelId } = route.useParams()
  const mayWatch = useCan('channels.watch')
  const mayManage = useCan('channels.manage')
  const isNumber = /^\d{1,15}$/.test(channelId)
  const channels = useQuery(api.channels.list.queryOptions({ enabled: isNumber && mayWatch }))
  const channel = channels.data?.items.find(({ id }) => id === Number(channelId))
  if (channel)
    return (
      <>
        <ChannelHead title={channel.name} kind={channel.kind} end={<ChannelState channel={channel} />} />
        <p className={css.note}>
          {channel.address && <span className={css.address}>{channel.address}</span>}
          <span>
            <ChannelTimes channel={channel} />
          </span>
        </p>
        <TroubleBanner channel={channel} />
        <HealthSection channelId={channel.id} />
        {mayManage ? (
          <Managed key={channel.id} channelId={channel.id} />
        ) : (
          <Banner className={css.gap ?? ''}>
            <Trans>Only owners connect and change channels. Ask one of them if something here does not work.</Trans>
          </Banner>
        )}
      </>
    )
  const isGone = !isNumber || channels.data !== undefined
  return (
    <>
      <ChannelHead title={t`Channel`} kind="custom" />
      {!mayWatch ? (
        <OnlyOwners />
      ) : isGone ? (
        <Empty icon={SearchX} level={2} title={t`This channel is not there`}>
          <Trans>It may have been removed.</Trans>
        </Empty>
      ) : channels.error ? (
        <ErrorState error={channels.error} onRetry={() => void channels.refetch()} />
      ) : (
        <Spinner big />
      )}
    </>
  )
}

function Managed({ channelId }: { channelId: number }) {
  const details = useQuery(api.channels.get.queryOptions({ input: { channelId } }))
  if (details.data) return <Details channel={details.data} />
  return details.error ? <ErrorState error={details.error} onRetry={() => void details.refetch()} /> : <Spinner big />
}

function Details({ channel }: { channel: ChannelDetails }) {
  const { t } = useLingui()
  // the contract leaves the shape open; the server sends back what was connected
  const settings = channel.settings as ChannelSettings
  return (
    <>
      <SetupSection channel={channel} settings={settings} />
      <section className={css.section}>
        <h2>
          <Trans>Settings</Trans>
        </h2>
        <ChannelForm
          channelId={channel.id}
          start={{ name: channel.name, draft: draftOf(settings) }}
          submit={t`Save`}
          save={async (input) => {
            const saved = await client.channels.update({ channelId: channel.id, ...input })
            queryClient.setQueryData(api.channels.get.queryKey({ input: { channelId: channel.id } }), saved)
            void queryClient.invalidateQueries({ queryKey: api.channels.key() })
            toast(t`Saved`, { tone: 'ok' })
          }}
        />
      </section>
      <StopSection channel={channel} />
    </>
  )
}
