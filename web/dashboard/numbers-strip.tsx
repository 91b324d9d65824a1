import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Dashboard } from '#contract/dashboard.ts'
import { useWorkspace } from '../api/me.ts'
import { useNow } from '../app/use-now.ts'
import { useFormats } from '../i18n/formats.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import css from './dashboard-screen.module.css'

const countedTo = 10_000

/** Numbers of now, each leading to what it counts. */
export function NumbersStrip({ board }: { board: Dashboard | undefined }) {
  const { t } = useLingui()
  const { span, number } = useFormats()
  const now = useNow()
  const workspace = useWorkspace().id
  const many = (count: number) => (count >= countedTo ? `${number(count)}+` : number(count))
  const inbox = { to: '/w/$workspace/inbox/{-$contactId}', params: { workspace } } as const
  const mine = board?.open.mine ?? 0
  const oldest = board?.open.oldestUnassigned
  const age = oldest == null ? null : span(Math.max(0, now - Date.parse(oldest)))
  const seconds = board?.firstResponse.seconds
  const answered = board?.firstResponse.answered ?? 0
  return (
    <ul className={css.strip} aria-label={t`Now`}>
      <Number
        name={t({ message: 'Open', context: 'conversations' })}
        value={board && many(board.open.all)}
        note={<Trans context="conversations">{many(mine)} yours</Trans>}
        link={<Link {...inbox} search={{ view: 'all' }} className={css.over} aria-label={t`Open conversations`} />}
      />
      <Number
        name={t`Unassigned`}
        value={board && many(board.open.unassigned)}
        note={age === null ? <Trans>nobody waits</Trans> : <Trans>the oldest, {age}</Trans>}
        link={
          <Link
            {...inbox}
            search={{ view: 'unassigned' }}
            className={css.over}
            aria-label={t`Unassigned conversations`}
          />
        }
      />
      <Number
        name={t`First response`}
        value={board && (seconds == null ? '–' : span(seconds * 1000))}
        note={answered === 0 ? <Trans>nothing answered today</Trans> : <Trans>median of {answered} today</Trans>}
      />
      <Number
        name={t`New contacts`}
        value={board && many(board.newContacts)}
        note={<Trans>this week</Trans>}
        link={
          <Link
            to="/w/$workspace/contacts/{-$contactId}"
            params={{ workspace }}
            search={{ sort: 'added', order: 'desc' }}
            className={css.over}
            aria-label={t`Newest contacts`}
          />
        }
      />
      <Number
        name={t`Active contacts`}
        value={board && number(board.activeContacts)}
        note={<Trans>this billing cycle</Trans>}
        link={
          <Link
            to="/w/$workspace/settings/usage"
            params={{ workspace }}
            className={css.over}
            aria-label={t`Active contacts, and how they are counted`}
          />
        }
      />
    </ul>
  )
}

function Number(props: { name: string; value: string | undefined; note: ReactNode; link?: ReactNode }) {
  return (
    <li className={css.number}>
      <span className={css.name}>{props.name}</span>
      <span className={css.value}>{props.value ?? <Skeleton width={56} height={22} />}</span>
      <span className={css.note}>{props.value === undefined ? <Skeleton width={84} /> : props.note}</span>
      {props.link}
    </li>
  )
}
