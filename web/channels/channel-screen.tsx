import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import type { ChannelDetails, ChannelSettings } from '#contract/channels.ts'
import { api, client } from '../api/client.ts'
import { codeOf } from '../api/explain.ts'
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
import { ChannelTimes } from './channel-times.tsx'
import css from './channels.module.css'
import { draftOf } from './draft.ts'
import { OnlyOwners } from './only-owners.tsx'
import { explainProblem } from './problem-words.ts'
import { SetupSection } from './setup-section.tsx'
import { StopSection } from './stop-section.tsx'

const route = getRouteApi('/w/$workspace/settings/channels/$channelId')

/** One channel: how it does, what to enter at its provider, its settings, and its end. */
export default function ChannelScreen() {
  const { t } = useLingui()
  const { channelId } = route.useParams()
  const mayManage = useCan('channels.manage')
  const isNumber = /^\d{1,15}$/.test(channelId)
  const input = { channelId: Number(channelId) }
  const channel = useQuery(api.channels.get.queryOptions({ input, enabled: isNumber && mayManage }))
  if (channel.data) return <Details key={channel.data.id} channel={channel.data} />
  const isGone = !isNumber || codeOf(channel.error) === 'NOT_FOUND'
  return (
    <>
      <ChannelHead title={t`Channel`} kind="custom" />
      {!mayManage ? (
        <OnlyOwners />
      ) : isGone ? (
        <Empty icon={SearchX} level={2} title={t`This channel is not there`}>
          <Trans>It may have been removed.</Trans>
        </Empty>
      ) : channel.error ? (
        <ErrorState error={channel.error} onRetry={() => void channel.refetch()} />
      ) : (
        <Spinner big />
      )}
    </>
  )
}

function Details({ channel }: { channel: ChannelDetails }) {
  const { t, i18n } = useLingui()
  const problem = channel.problem && explainProblem(channel.problem.code, i18n)
  // the contract leaves the shape open; the server sends back what was connected
  const settings = channel.settings as ChannelSettings
  return (
    <>
      <ChannelHead title={channel.name} kind={channel.kind} end={<ChannelState state={channel.state} />} />
      <p className={css.note}>
        {channel.address && <span className={css.address}>{channel.address}</span>}
        <span>
          <ChannelTimes channel={channel} />
        </span>
      </p>
      {problem && (
        <Banner tone="danger" className={css.gap ?? ''}>
          <strong>{problem.what}</strong> {problem.remedy}
          {channel.problem?.detail && <code className={css.detail}>{channel.problem.detail}</code>}
        </Banner>
      )}
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
