import { Trans, useLingui } from '@lingui/react/macro'
import type { Dashboard } from '#contract/dashboard.ts'
import { channelName } from '../contacts/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Card } from '../ui/card.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import css from './dashboard-screen.module.css'
import { LinesPending } from './lines-pending.tsx'

/** By which kinds of channel the week's conversations came. */
export function ChannelsCard({ channels }: { channels: Dashboard['channels'] | undefined }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const most = Math.max(1, ...(channels ?? []).map(({ opened }) => opened))
  return (
    <Card title={t`Conversations by channel`} note={<Trans>7 days</Trans>}>
      {channels === undefined ? (
        <LinesPending lines={3} />
      ) : channels.length === 0 ? (
        <p className={css.nothing}>
          <Trans>No conversation was opened.</Trans>
        </p>
      ) : (
        <ul className={css.lines}>
          {channels.map(({ kind, opened }) => (
            <li key={kind} className={css.channel}>
              <ChannelGlyph kind={kind} size={22} />
              <span className={css.who}>{channelName(kind, i18n)}</span>
              <span className={css.track} aria-hidden="true">
                <span className={css.bar} style={{ inlineSize: `${(100 * opened) / most}%` }} />
              </span>
              <span className={css.amount}>{number(opened)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
