import { useLingui } from '@lingui/react/macro'
import { ExternalLink } from 'lucide-react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { CustomField, FieldValue } from '#contract/fields.ts'
import { readNumber, typeIcons, useValueWords, writeNumber } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import { Icon } from '../ui/icon.tsx'
import { InlineEdit, type InlineEditProps } from '../ui/inline-edit.tsx'
import { CustomAlternateRows } from './alternate-rows.tsx'
import css from './contact-drawer.module.css'
import { PickRow } from './pick-row.tsx'
import { Provenance } from './provenance.tsx'
import { useFieldSave } from './use-field-save.ts'
import { nothing, usePick } from './use-pick.ts'

interface RowProps {
  contact: ContactDetails
  field: CustomField
}

/** A field of the workspace's own, edited with what suits its type. */
export function CustomRow(props: RowProps) {
  const { type } = props.field
  if (type === 'checkbox') return <CheckboxRow {...props} />
  return (
    <>
      {type === 'list' ? <ListRow {...props} /> : <TypedRow {...props} />}
      <CustomAlternateRows {...props} />
    </>
  )
}

const inputs: Partial<
  Record<CustomField['type'], Pick<InlineEditProps, 'type' | 'inputMode' | 'maxLength' | 'min' | 'max'>>
> = {
  email: { type: 'email', inputMode: 'email', maxLength: 254 },
  number: { inputMode: 'decimal', maxLength: 30 },
  url: { type: 'url', inputMode: 'url', maxLength: 255 },
  date: { type: 'date', min: '1900-01-01', max: '2100-12-31' },
  time: { type: 'time' },
}

/** Typed: text, e-mail, number, address of a page, date, time. */
function TypedRow({ contact, field }: RowProps) {
  const { t } = useLingui()
  const { tag } = useFormats()
  const words = useValueWords()
  const { id, name, type } = field
  const held = contact.custom[id]
  const value = held?.value ?? null
  const { save, ...conflict } = useFieldSave(contact, `#${id}`, (of) => words(type, of))
  const isNumber = type === 'number'
  const wrongNumber = { message: t`This is not a number. Write one like ${words('number', 1248.5)}.` }
  return (
    <FieldRow
      icon={typeIcons[type]}
      label={name}
      watch={value === null ? null : String(value)}
      actions={
        held !== undefined && (
          <>
            <Provenance value={held} label={name} of={{ contactId: contact.id, field: `#${id}` }} />
            {type === 'url' && <PageLink address={String(value)} label={t`Open ${name}`} />}
            {(type === 'email' || type === 'url' || type === 'text') && (
              <CopyButton text={String(value)} label={t`Copy ${name}`} />
            )}
          </>
        )
      }
    >
      <InlineEdit
        label={name}
        value={editable(value, tag)}
        display={value === null ? undefined : <bdi className="trunc">{words(type, value)}</bdi>}
        maxLength={1000}
        {...inputs[type]}
        {...(isNumber ? { check: (text) => (readNumber(text, tag) === null ? wrongNumber : null) } : {})}
        onSave={(text) => save(isNumber && text !== null ? readNumber(text, tag) : text)}
        {...conflict}
      />
    </FieldRow>
  )
}

const editable = (value: FieldValue | null, tag: string): string | null =>
  typeof value === 'number' ? writeNumber(value, tag) : value === null ? null : String(value)

function PageLink({ address, label }: { address: string; label: string }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow" aria-label={label} className={css.page}>
      <Icon of={ExternalLink} size={14} />
    </a>
  )
}

function ListRow({ contact, field }: RowProps) {
  const { t } = useLingui()
  const { id, name, options } = field
  const held = contact.custom[id]
  const value = held === undefined ? null : String(held.value)
  const pick = usePick(contact, `#${id}`)
  // one that is no longer offered stays with whoever has it
  const offered = value === null || options.includes(value) ? options : [...options, value]
  return (
    <PickRow
      icon={typeIcons.list}
      label={name}
      emptyText={t`Add`}
      value={value}
      shown={<bdi>{value}</bdi>}
      choices={[{ id: nothing, name: t`None` }, ...offered.map((option) => ({ id: option, name: option }))]}
      actions={
        held !== undefined && <Provenance value={held} label={name} of={{ contactId: contact.id, field: `#${id}` }} />
      }
      {...pick}
    />
  )
}

function CheckboxRow({ contact, field }: RowProps) {
  const { id, name } = field
  const held = contact.custom[id]
  const pick = usePick(contact, `#${id}`)
  return (
    <FieldRow
      icon={typeIcons.checkbox}
      label={name}
      watch={held === undefined ? null : String(held.value)}
      actions={
        held !== undefined && <Provenance value={held} label={name} of={{ contactId: contact.id, field: `#${id}` }} />
      }
    >
      <span className={css.cell}>
        <Checkbox
          className={css.tick ?? ''}
          aria-label={name}
          isSelected={held?.value === true}
          onChange={pick.onPick}
        />
        {pick.error !== null && (
          <span className={css.wrong} role="alert">
            {pick.error}
          </span>
        )}
      </span>
    </FieldRow>
  )
}
