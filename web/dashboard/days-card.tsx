import { Trans, useLingui } from '@lingui/react/macro'
import type { Dashboard } from '#contract/dashboard.ts'
import { useFormats } from '../i18n/formats.ts'
import { Card } from '../ui/card.tsx'
import css from './dashboard-screen.module.css'

/** How many conversations were opened and closed, day by day. */
export function DaysCard({ days }: { days: Dashboard['days'] | undefined }) {
  const { t } = useLingui()
  const { weekday } = useFormats()
  const most = Math.max(1, ...(days ?? []).flatMap(({ opened, closed }) => [opened, closed]))
  const height = (count: number) => ({ blockSize: `${(100 * count) / most}%` })
  return (
    <Card
      title={t`Opened and closed`}
      note={
        <span className={css.keys} aria-hidden="true">
          <span className={css.openedKey}>
            <Trans context="conversations">opened</Trans>
          </span>
          <span className={css.closedKey}>
            <Trans context="conversations">closed</Trans>
          </span>
        </span>
      }
    >
      <ul className={css.days}>
        {(days ?? []).map(({ day, opened, closed }) => {
          const name = weekday(day)
          return (
            <li key={day} className={css.day}>
              <span className="visually-hidden">{t`${name}: ${opened} opened, ${closed} closed`}</span>
              <span className={css.bars} aria-hidden="true">
                <span className={css.opened} style={height(opened)} />
                <span className={css.closed} style={height(closed)} />
              </span>
              <span className={css.dayCount} aria-hidden="true">
                {opened} · {closed}
              </span>
              <span className={css.note} aria-hidden="true">
                {name}
              </span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
