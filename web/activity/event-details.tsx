import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ActivityEvent } from '#contract/activity.ts'
import type { FieldValue } from '#contract/fields.ts'
import { sourceWords } from '../contacts/shared.ts'
import { CustomText, useCustomField } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Flag } from '../ui/flag.tsx'
import { FromTo } from '../ui/from-to.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
import { Pill } from '../ui/pill.tsx'
import css from './activity.module.css'
import { endWords } from './end-words.ts'
import { useRecordedFieldName } from './use-entry-title.ts'

/** What stands beneath the title: from → to, and what was said with it. `isOneOf`: its own name belongs beside it. */
export function EventDetails({ event, isOneOf }: { event: ActivityEvent; isOneOf: boolean }): ReactNode {
  const { t, i18n } = useLingui()
  const { dateTime } = useFormats()
  const fieldName = useRecordedFieldName()
  switch (event.kind) {
    case 'fieldChanged': {
      const { from, to, field, source } = event.data
      const show = (value: FieldValue) => <Value field={field} value={value} phones={event.phones} />
      return (
        <div className={css.change}>
          {isOneOf && <span className={css.label}>{fieldName(event.data)}</span>}
          <FromTo from={from === null ? null : show(from)} to={to === null ? null : show(to)} />
          {source === 'derived' && <span className={css.quiet}>{sourceWords({ source, by: null }, i18n)}</span>}
        </div>
      )
    }
    case 'alternateRemoved': {
      const { field, value } = event.data
      return value !== null && <FromTo from={<Value field={field} value={value} phones={event.phones} />} to={null} />
    }
    case 'tagAdded':
      return <FromTo from={null} to={<bdi>{event.data.name}</bdi>} />
    case 'tagRemoved':
      return <FromTo from={<bdi>{event.data.name}</bdi>} to={null} />
    case 'assigned':
    case 'unassigned': {
      const { from, to, cause } = event.data
      return (
        <>
          <FromTo
            from={from ? <Person {...from} /> : <span>{t`Nobody`}</span>}
            to={to ? <Person {...to} /> : <span>{t`Nobody`}</span>}
          />
          {cause !== undefined && <p className={css.quiet}>{t`No longer a member`}</p>}
        </>
      )
    }
    case 'closed': {
      const { category, summary } = event.data
      return (
        <>
          {category !== null && (
            <p>
              <Pill>{category}</Pill>
            </p>
          )}
          {summary !== null && summary !== '' && <p className={css.said}>{summary}</p>}
        </>
      )
    }
    case 'snoozed': {
      const { from } = event.data
      if (from === null) return null
      const before = dateTime(from)
      return <p className={css.quiet}>{t`Before: ${before}`}</p>
    }
    case 'contactChannelAdded':
    case 'contactChannelRemoved':
    case 'contactChannelRestored':
      return (
        <p className={css.line}>
          <ChannelGlyph kind={event.data.kind} size={18} />
          <bdi>{event.data.channelName}</bdi>
          <bdi className={css.quiet}>{event.data.address}</bdi>
        </p>
      )
    case 'optedOut':
    case 'optedIn':
    case 'blocked':
      return event.data.reason !== null && event.data.reason !== '' && <p className={css.said}>{event.data.reason}</p>
    case 'unblocked': {
      const { held, shown } = event.data
      if (held === 0) return null
      return (
        <p className={css.quiet}>
          {shown
            ? t`${plural(held, { one: '# held message shown', other: '# held messages shown' })}`
            : t`${plural(held, { one: '# held message dropped', other: '# held messages dropped' })}`}
        </p>
      )
    }
    case 'contactCreated': {
      const { source } = event.data
      return source === 'sample' && <p className={css.quiet}>{sourceWords({ source, by: null }, i18n)}</p>
    }
    case 'workflowEnded': {
      const why = endWords(event.data.end, i18n)
      return why !== null && <p className={css.quiet}>{why}</p>
    }
    case 'workflowStarted':
    case 'opened':
    case 'unsnoozed':
    case 'merged':
    case 'unmerged':
    case 'toldApart':
    case 'toldApartUndone':
      return null
  }
}

const Person = ({ memberId, name }: { memberId: number; name: string }) => (
  <span className={css.person}>
    <Avatar id={memberId} name={name} size={22} />
    <bdi>{name}</bdi>
  </span>
)

/** A value as its field is read. */
function Value(props: { field: string; value: FieldValue; phones: Readonly<Record<string, string>> }) {
  const { country, language } = useFormats()
  const customField = useCustomField()
  const { field } = props
  const value = String(props.value)
  switch (field) {
    case 'country':
      return (
        <span className={css.person}>
          <Flag country={value} /> {country(value)}
        </span>
      )
    case 'language':
      return language(value)
    case 'phone':
      return <FormattedPhone phone={value} formatted={props.phones[value]} />
    default:
      return <CustomText type={customField(field)?.type ?? 'text'} value={value} />
  }
}
