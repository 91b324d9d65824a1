import { Plural, useLingui } from '@lingui/react/macro'
import type { Dashboard } from '#contract/dashboard.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Card } from '../ui/card.tsx'
import css from './dashboard-screen.module.css'
import { LinesPending } from './lines-pending.tsx'

/** Who has how many conversations open, the busiest first. */
export function MembersCard({ members }: { members: Dashboard['members'] | undefined }) {
  const { t } = useLingui()
  const { number } = useFormats()
  return (
    <Card title={t`Open by member`} note={members && <Plural value={members.count} one="# member" other="# members" />}>
      {members === undefined ? (
        <LinesPending lines={3} />
      ) : (
        <ul className={css.lines}>
          {members.items.map(({ memberId, name, open }) => (
            <li key={memberId} className={css.line}>
              <Avatar id={memberId} name={name} size={28} />
              <bdi className={css.who}>{name}</bdi>
              <span className={css.amount}>{number(open)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
