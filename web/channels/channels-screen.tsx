import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Radio } from 'lucide-react'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Banner } from '../ui/banner.tsx'
import { Empty } from '../ui/empty.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChannelHead } from './channel-head.tsx'
import { ChannelRow } from './channel-row.tsx'
import css from './channels.module.css'
import { KindLinks } from './kind-links.tsx'

/** Where messages come from: what is connected and how it does, and what else can be. */
export default function ChannelsScreen() {
  const { t } = useLingui()
  const mayManage = useCan('channels.manage')
  const channels = useQuery(api.channels.list.queryOptions())
  const items = channels.data?.items
  return (
    <>
      <ChannelHead
        title={t`Channels`}
        lead={<Trans>Where your customers' messages come from, and where your answers leave.</Trans>}
      />
      {!mayManage && (
        <Banner className={css.gap ?? ''}>
          <Trans>Only owners connect and change channels. Ask one of them if something here does not work.</Trans>
        </Banner>
      )}
      {channels.error ? (
        <ErrorState error={channels.error} onRetry={() => void channels.refetch()} />
      ) : !items ? (
        <div className={css.list} aria-busy="true">
          <div className={css.row}>
            <Skeleton width={34} height={34} />
            <div className={css.words}>
              <Skeleton width="38%" height={12} />
            </div>
          </div>
        </div>
      ) : items.length === 0 ? (
        !mayManage && (
          <Empty icon={Radio} level={2} title={t`No channels yet`}>
            <Trans>Messages arrive here once an owner has connected the first.</Trans>
          </Empty>
        )
      ) : (
        <ul className={css.list} aria-label={t`Channels`}>
          {items.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {mayManage && items && (
        <section className={css.section}>
          <h2>{items.length === 0 ? <Trans>Connect your first channel</Trans> : <Trans>Connect another</Trans>}</h2>
          <KindLinks label={t`Channels to connect`} />
        </section>
      )}
    </>
  )
}
