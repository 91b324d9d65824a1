import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { Dashboard } from '#contract/dashboard.ts'
import { useWorkspace } from '../api/me.ts'
import { useNow } from '../app/use-now.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Card } from '../ui/card.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Count } from '../ui/pill.tsx'
import css from './dashboard-screen.module.css'
import { LinesPending } from './lines-pending.tsx'

/** From here on it is time to worry (ms). */
const long = 3_600_000

/** Who wrote last and has had no answer, the longest waiting first. */
export function WaitingCard({ waiting }: { waiting: Dashboard['waiting'] | undefined }) {
  const { t } = useLingui()
  const { span } = useFormats()
  const now = useNow()
  const workspace = useWorkspace().id
  const count = waiting?.count ?? 0
  return (
    <Card title={t`Waiting for an answer`} note={count > 0 && <Count of={count} tone="quiet" />}>
      {waiting === undefined ? (
        <LinesPending lines={3} />
      ) : waiting.items.length === 0 ? (
        <p className={css.nothing}>
          <Trans>Everybody has an answer.</Trans>
        </p>
      ) : (
        <ul className={css.lines}>
          {waiting.items.map((one) => {
            const since = Math.max(0, now - Date.parse(one.since))
            return (
              <li key={one.contactId}>
                <Link
                  to="/w/$workspace/inbox/{-$contactId}"
                  params={{ workspace, contactId: one.contactId }}
                  search={{ view: 'all' }}
                  className={css.line}
                >
                  <Avatar id={one.contactId} name={one.displayName} picture={one.pictureUrl} size={28}>
                    {one.channelKind !== null && <ChannelGlyph kind={one.channelKind} size={16} />}
                  </Avatar>
                  <bdi className={css.who}>{one.displayName ?? t`Nameless contact`}</bdi>
                  <span className={since >= long ? css.late : css.note}>{span(since)}</span>
                </Link>
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
