import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { AuditEvent } from '#contract/audit.ts'
import { useMe } from '../api/me.ts'
import { useFieldName } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { AuditChange } from './audit-change.tsx'
import css from './audit.module.css'
import { useAuditTitles } from './use-audit-words.ts'

/** One line of the trail: what, from → to, who, when, from where. */
export function AuditRow({ event }: { event: AuditEvent }) {
  const { t } = useLingui()
  const { time, dateTime } = useFormats()
  const titles = useAuditTitles()
  const fieldName = useFieldName()
  const me = useMe().memberId
  const { actor, contacts, ip, kind } = event
  const isStandard = kind === 'fieldPlaced' && /^[a-z][a-zA-Z]+$/.test(event.subject ?? '')
  const subject = isStandard ? fieldName(event.subject ?? '') : event.subject
  const who = actor.memberId === me ? t`You` : actor.name
  return (
    <li className={css.event}>
      <Avatar id={actor.memberId} name={actor.name} size={28} />
      <div className={css.words}>
        <p className={css.title}>
          {titles[kind]}
          {subject !== null && (
            <>
              {': '}
              <bdi className={css.subject}>{subject}</bdi>
            </>
          )}
        </p>
        {event.changes.map((change) => (
          <AuditChange key={change.what} change={change} />
        ))}
        {contacts !== null && (
          <p className={css.label}>{t`${plural(contacts, { one: '# contact', other: '# contacts' })}`}</p>
        )}
        <p className={css.foot}>
          <bdi>{who}</bdi>
          {actor.type === 'api' && <span>{t`by the API`}</span>}
          {ip !== null && <span className="num">{ip}</span>}
        </p>
      </div>
      <time dateTime={event.at} title={dateTime(event.at)} className="num">
        {time(event.at)}
      </time>
    </li>
  )
}
