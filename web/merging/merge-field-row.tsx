import { Trans, useLingui } from '@lingui/react/macro'
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import type { MergePlan } from '#contract/merging.ts'
import type { ContactSummary } from '#contract/suggestion.ts'
import { sourceWords } from '../contacts/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { classes } from '../ui/classes.ts'
import { MatchMark } from '../ui/match-mark.tsx'
import { FieldValue } from './field-value.tsx'
import css from './merge-grid.module.css'
import { isToChoose } from './order-fields.ts'
import { useFieldName } from '../fields/shared.ts'

type Planned = MergePlan['fields'][number]

/** One field of all contacts: a choice where the values differ, one line where they are the same. */
export function MergeFieldRow(props: {
  planned: Planned
  contacts: readonly ContactSummary[]
  chosen: number | null
  onPick: (contactId: number) => void
}) {
  const { planned, contacts, chosen } = props
  const { field, options, same } = planned
  const label = useFieldName()(field)
  const present = options.filter(({ value }) => value !== null)
  const [first] = present
  if (same && present.length === options.length && !isToChoose(planned) && first?.value != null) {
    return (
      <div className={css.line}>
        <p className={css.label}>{label}</p>
        <p className={css.same}>
          <span className={css.value}>
            <FieldValue field={field} value={first.value} shown={first.shown} />
          </span>
          <Coincides />
        </p>
      </div>
    )
  }
  return (
    <RadioGroup
      aria-label={label}
      value={chosen === null ? null : String(chosen)}
      onChange={(contactId) => props.onPick(Number(contactId))}
      orientation="horizontal"
      className={css.line ?? ''}
    >
      <p className={css.label} aria-hidden="true">
        {label}
        {same && present.length > 1 && <Coincides />}
      </p>
      {contacts.map((contact) => (
        <Option
          key={contact.id}
          contact={contact}
          field={field}
          option={options.find(({ contactId }) => contactId === contact.id)}
        />
      ))}
    </RadioGroup>
  )
}

function Option(props: {
  contact: ContactSummary
  field: Planned['field']
  option: Planned['options'][number] | undefined
}) {
  const { t, i18n } = useLingui()
  const { date } = useFormats()
  const { contact, field, option } = props
  const value = option?.value ?? null
  const source = option?.source ?? null
  const who = contact.displayName ?? t`Nameless contact`
  const at = option?.at ?? null
  const provenance = [
    ...(source === null ? [] : [sourceWords({ source, by: option?.by ?? null }, i18n)]),
    ...(at === null ? [] : [date(at)]),
  ]
  return (
    <RadioField value={String(contact.id)} isDisabled={value === null} className={css.field ?? ''}>
      <RadioButton className={css.option ?? ''}>
        <span className={css.dot} />
        <span className={css.words}>
          <span className={classes(css.value, value === null && css.none)}>
            {value !== null ? (
              <FieldValue field={field} value={value} shown={option?.shown} />
            ) : field === 'assignee' ? (
              t({ message: 'Unassigned', context: 'contact' })
            ) : (
              t`No value`
            )}
          </span>
          <span className={css.source}>
            <span className="visually-hidden">{who}. </span>
            {provenance.join(' · ')}
          </span>
        </span>
      </RadioButton>
    </RadioField>
  )
}

function Coincides() {
  return (
    <span className={css.coincides}>
      <MatchMark />
      <Trans>Same</Trans>
    </span>
  )
}
