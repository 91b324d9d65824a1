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
import { explainProblem } from './problem-words.ts'

/** One channel: what it is, whether it works, and what to do when it does not. Who manages channels can open it. */
export function ChannelRow({ channel }: { channel: Channel }) {
  const { i18n } = useLingui()
  const workspace = useWorkspace().id
  const mayManage = useCan('channels.manage')
  const problem = channel.problem && explainProblem(channel.problem.code, i18n)
  return (
    <li className={css.row}>
      <ChannelGlyph kind={channel.kind} size={34} off={channel.state === 'paused'} />
      <div className={css.words}>
        <div className={css.top}>
          <p className={css.name}>
            {mayManage ? (
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
          <ChannelState state={channel.state} />
        </div>
        <p className={css.note}>
          {channel.address && <span className={css.address}>{channel.address}</span>}
          <span>
            <ChannelTimes channel={channel} />
          </span>
        </p>
        {problem && (
          <p className={css.problem}>
            <strong>{problem.what}</strong> {problem.remedy}
          </p>
        )}
      </div>
      {mayManage && <Icon of={ChevronRight} flip className={css.chevron} />}
    </li>
  )
}
