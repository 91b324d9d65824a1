import { Trans, useLingui } from '@lingui/react/macro'
import { CircleDot, Mail, Phone, UserRound } from 'lucide-react'
import type { ContactDetails } from '#contract/contacts.ts'
import { findMatches, PossibleLine, SuggestionCard } from '../duplicates/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { AbsorbedList } from '../merging/shared.ts'
import { TagSection } from '../tags/shared.ts'
import { FieldList, FieldRow } from '../ui/field-row.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { AlternateRows } from './alternate-rows.tsx'
import css from './contact-drawer.module.css'
import { AssigneeRow, CountryRow, LanguageRow } from './list-rows.tsx'
import { TextRow } from './text-row.tsx'

/** Everything known of the contact, each value edited where it stands. */
export function DetailsTab({ contact, place }: { contact: ContactDetails; place: 'inbox' | 'contacts' }) {
  const { t } = useLingui()
  const { phone, email } = contact.fields
  const isMatch = findMatches(contact.suggestions, contact.id)
  return (
    <div className={css.details}>
      <SuggestionCard contact={contact} place={place} />
      <PossibleLine contact={contact} place={place} />
      <h3 className={css.heading}>
        <Trans context="of a contact">Details</Trans>
      </h3>
      <FieldList>
        <TextRow
          contact={contact}
          field="firstName"
          icon={UserRound}
          label={t`First name`}
          input={{ maxLength: 100 }}
        />
        <TextRow contact={contact} field="lastName" icon={UserRound} label={t`Last name`} input={{ maxLength: 100 }} />
        <CountryRow contact={contact} />
        <LanguageRow contact={contact} />
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
        <TextRow
          contact={contact}
          field="phone"
          icon={Phone}
          label={t`Phone`}
          copies
          isMatch={isMatch('phone', phone.value)}
          input={{ type: 'tel', inputMode: 'tel', maxLength: 60 }}
          display={
            phone.formatted !== null && (
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
        />
        <AlternateRows contact={contact} field="phone" isMatch={isMatch} />
        <AssigneeRow contact={contact} />
        <StatusRow contact={contact} />
      </FieldList>
      <AbsorbedList contact={contact} />
      <TagSection contact={contact} />
    </div>
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
      {contact.status === null ? (
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
