import { Trans, useLingui } from '@lingui/react/macro'
import { CircleDot, Mail, Phone, UserRound } from 'lucide-react'
import { Fragment } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { FieldKey, PlacedField } from '#contract/fields.ts'
import { findMatches, PossibleLine, SuggestionCard } from '../duplicates/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { AbsorbedList } from '../merging/shared.ts'
import { ContactRuns } from '../runs/shared.ts'
import { TagSection } from '../tags/shared.ts'
import { FieldList, FieldRow } from '../ui/field-row.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { AlternateRows } from './alternate-rows.tsx'
import css from './contact-drawer.module.css'
import { CustomRow } from './custom-row.tsx'
import { LifecycleRow } from './lifecycle-row.tsx'
import { AssigneeRow, CountryRow, LanguageRow } from './list-rows.tsx'
import { TextRow } from './text-row.tsx'

/** Everything known of the contact, each value edited where it stands. */
export function DetailsTab(props: {
  contact: ContactDetails
  fields: readonly PlacedField[]
  place: 'inbox' | 'contacts'
}) {
  const { t } = useLingui()
  const { contact, fields, place } = props
  const { phone, email } = contact.fields
  const isMatch = findMatches(contact.suggestions, contact.id)
  const isShown = ({ key, shown }: PlacedField) => shown === 'always' || (shown === 'filled' && isFilled(contact, key))
  const standard = (key: FieldKey) => {
    switch (key) {
      case 'firstName':
      case 'lastName':
        return (
          <TextRow
            contact={contact}
            field={key}
            icon={UserRound}
            label={key === 'firstName' ? t`First name` : t`Last name`}
            input={{ maxLength: 100 }}
          />
        )
      case 'country':
        return <CountryRow contact={contact} />
      case 'language':
        return <LanguageRow contact={contact} />
      case 'email':
        return (
          <>
            <TextRow
              contact={contact}
              field="email"
              icon={Mail}
              label={t`Email`}
              copies
              isMatch={isMatch('email', email.value)}
              input={{ type: 'email', inputMode: 'email', maxLength: 254 }}
            />
            <AlternateRows contact={contact} field="email" isMatch={isMatch} />
          </>
        )
      case 'phone':
        return (
          <>
            <TextRow
              contact={contact}
              field="phone"
              icon={Phone}
              label={t`Phone`}
              copies
              isMatch={isMatch('phone', phone.value)}
              input={{ type: 'tel', inputMode: 'tel', maxLength: 60 }}
              display={phone.formatted !== null && <PhoneText phone={phone} />}
            />
            <AlternateRows contact={contact} field="phone" isMatch={isMatch} />
          </>
        )
      case 'lifecycle':
        return <LifecycleRow contact={contact} />
      case 'assignee':
        return <AssigneeRow contact={contact} />
      case 'status':
        return <StatusRow contact={contact} />
      default:
        return null
    }
  }
  return (
    <div className={css.details}>
      <SuggestionCard contact={contact} place={place} />
      <PossibleLine contact={contact} place={place} />
      <h3 className={css.heading}>
        <Trans context="of a contact">Details</Trans>
      </h3>
      <FieldList>
        {fields.filter(isShown).map((field) => (
          <Fragment key={field.key}>
            {field.custom === null ? standard(field.key) : <CustomRow contact={contact} field={field.custom} />}
          </Fragment>
        ))}
      </FieldList>
      <AbsorbedList contact={contact} />
      <TagSection contact={contact} />
      <ContactRuns contact={contact} />
    </div>
  )
}

function isFilled(contact: ContactDetails, key: FieldKey): boolean {
  if (key === 'assignee' || key === 'status') return contact[key] !== null
  if (key === 'lifecycle') return contact.lifecycle.value !== null
  return key in contact.fields
    ? contact.fields[key as keyof ContactDetails['fields']].value !== null
    : contact.custom[key.slice(1)] !== undefined || contact.alternates.some(({ field }) => field === key)
}

function PhoneText({ phone }: { phone: ContactDetails['fields']['phone'] }) {
  return (
    <>
      <FormattedPhone phone={phone.value ?? ''} formatted={phone.formatted} />
      {phone.unverified && (
        <span className={css.unverified}>
          <Trans>not verified</Trans>
        </span>
      )}
    </>
  )
}

const tones = { open: 'ok', snoozed: 'warn', closed: 'hollow' } as const

function StatusRow({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { dateTime } = useFormats()
  const words = { open: t`Open`, snoozed: t`Snoozed`, closed: t`Closed` }
  const until = contact.snoozedUntil === null ? null : dateTime(contact.snoozedUntil)
  return (
    <FieldRow
      icon={CircleDot}
      label={t`Conversation`}
      readOnlyReason={t`Read only: follows the conversation`}
      watch={contact.status}
    >
      {contact.blocked !== null ? (
        <StatusDot tone="danger">{t({ message: 'Blocked', context: 'conversation' })}</StatusDot>
      ) : contact.status === null ? (
        <span className={css.none}>
          <Trans>None yet</Trans>
        </span>
      ) : (
        <StatusDot tone={tones[contact.status]}>
          {words[contact.status]}
          {contact.status === 'snoozed' && until !== null && <span className={css.none}> · {until}</span>}
        </StatusDot>
      )}
    </FieldRow>
  )
}
