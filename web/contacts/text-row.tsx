import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import type { LucideIcon } from '../ui/icon.tsx'
import { InlineEdit, type InlineEditProps } from '../ui/inline-edit.tsx'
import { MatchMark } from '../ui/match-mark.tsx'
import css from './contact-drawer.module.css'
import { isTold, Provenance } from './provenance.tsx'
import { useFieldSave } from './use-field-save.ts'

/** A field that is typed: first and last name, e-mail, phone. */
export function TextRow(props: {
  contact: ContactDetails
  field: StandardField
  icon: LucideIcon
  label: string
  copies?: boolean
  display?: ReactNode
  /** Another contact has the same value. */
  isMatch?: boolean
  input?: Pick<InlineEditProps, 'type' | 'inputMode' | 'maxLength'>
}) {
  const { t } = useLingui()
  const { contact, field, label } = props
  const value = contact.fields[field]
  const { save, ...conflict } = useFieldSave(contact, field)
  const isMatch = props.isMatch ?? false
  const display = props.display ?? (value.value === null ? undefined : <bdi className="trunc">{value.value}</bdi>)
  return (
    <FieldRow
      icon={props.icon}
      label={label}
      watch={value.value}
      isMatch={isMatch}
      actions={
        isTold(contact, value) && (
          <>
            <Provenance value={value} label={label} of={{ contactId: contact.id, field }} />
            {props.copies && value.value !== null && <CopyButton text={value.value} label={t`Copy ${label}`} />}
          </>
        )
      }
    >
      <InlineEdit
        label={label}
        value={value.value}
        display={
          isMatch ? (
            <span className={css.matching}>
              {display}
              <MatchMark label={t`Matches this contact`} />
            </span>
          ) : (
            display
          )
        }
        onSave={save}
        {...props.input}
        {...conflict}
      />
    </FieldRow>
  )
}
