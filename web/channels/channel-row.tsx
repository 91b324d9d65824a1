import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import type { Channel } from '#contract/channels.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import { ChannelState } from './channel-state.tsx'
import { ChannelTimes } from './channel-times.tsx'
import css from './channels.module.css'
import { lineTrouble } from './line-trouble.ts'

/** One channel: what it is, whether it works, and what to do when it does not. Owners and managers can open it. */
export function ChannelRow({ channel }: { channel: Channel }) {
  const { i18n } = useLingui()
  const workspace = useWorkspace().id
  const mayOpen = useCan('channels.watch')
  const trouble = lineTrouble(channel, i18n)
  return (
    <li className={css.row}>
      <ChannelGlyph kind={channel.kind} size={34} off={channel.state === 'paused'} />
      <div className={css.words}>
        <div className={css.top}>
          <p className={css.name}>
            {mayOpen ? (
              <Link
                to="/w/$workspace/settings/channels/$channelId"
                params={{ workspace, channelId: String(channel.id) }}
                className={css.open}
              >
                {channel.name}
              </Link>
            ) : (
              channel.name
            )}
          </p>
          <ChannelState channel={channel} />
        </div>
        <p className={css.note}>
          {channel.address && <span className={css.address}>{channel.address}</span>}
          <span>
            <ChannelTimes channel={channel} />
          </span>
        </p>
        {trouble && trouble.kind !== 'paused' && (
          <p className={css.problem} data-kind={trouble.kind}>
            <strong>{trouble.what}</strong> {trouble.remedy}
          </p>
        )}
      </div>
      {mayOpen && <Icon of={ChevronRight} flip className={css.chevron} />}
    </li>
  )
}
