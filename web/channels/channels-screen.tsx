import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, MailCheck, MailX, Radio } from 'lucide-react'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { Pill } from '../ui/pill.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChannelHead } from './channel-head.tsx'
import { ChannelRow } from './channel-row.tsx'
import css from './channels.module.css'
import { KindLinks } from './kind-links.tsx'

/** What did not go out by any of them. */
function UndeliveredLink() {
  const { t } = useLingui()
  const { number } = useFormats()
  const workspace = useWorkspace().id
  const { data } = useQuery(api.conversations.undelivered.queryOptions({ input: { limit: 1 } }))
  const total = data?.total ?? null
  const isNone = data !== undefined && data.items.length === 0 && data.next === null
  return (
    <ul className={css.list} aria-label={t`Undelivered messages`}>
      <li className={css.row}>
        <Icon of={isNone ? MailCheck : MailX} className={css.chevron} />
        <div className={css.words}>
          <p className={css.name}>
            <Link
              to="/w/$workspace/settings/channels/undelivered/{-$channelId}"
              params={{ workspace }}
              className={css.open}
            >
              <Trans>Undelivered messages</Trans>
            </Link>
          </p>
          <p className={css.note}>
            {isNone ? <Trans>There are none.</Trans> : <Trans>Why they did not go out, and sending them again.</Trans>}
          </p>
        </div>
        {total !== null && total > 0 && <Pill tone="danger">{total >= 1000 ? `${number(1000)}+` : number(total)}</Pill>}
        <Icon of={ChevronRight} flip className={css.chevron} />
      </li>
    </ul>
  )
}

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
      {items && items.length > 0 && <UndeliveredLink />}
      {mayManage && items && (
        <section className={css.section}>
          <h2>{items.length === 0 ? <Trans>Connect your first channel</Trans> : <Trans>Connect another</Trans>}</h2>
          <KindLinks label={t`Channels to connect`} />
        </section>
      )}
    </>
  )
}
