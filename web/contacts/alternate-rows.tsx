import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Mail, Phone, X } from 'lucide-react'
import { useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { CustomField, FieldType } from '#contract/fields.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import type { Matches } from '../duplicates/shared.ts'
import { CustomText, typeIcons, useValueWords } from '../fields/shared.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
import type { LucideIcon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { MatchMark } from '../ui/match-mark.tsx'
import { toastError } from '../ui/toast-store.ts'
import css from './contact-drawer.module.css'
import { showSaved } from './contact-query.ts'
import { Provenance } from './provenance.tsx'

type Alternate = ContactDetails['alternates'][number]

/** The further phones or e-mails of a contact, under the one that is used; each can be taken off. */
export function AlternateRows(props: { contact: ContactDetails; field: 'phone' | 'email'; isMatch: Matches }) {
  const { t } = useLingui()
  const { contact, field, isMatch } = props
  return (
    <Rows
      contact={contact}
      field={field}
      icon={field === 'phone' ? Phone : Mail}
      label={field === 'phone' ? t`Other phone` : t`Other email`}
      wordsOf={({ formatted }) => formatted}
      isMatch={(one) => isMatch(field, String(one.value))}
    />
  )
}

/** What those that a contact has absorbed say in a custom field, under what it shows there. */
export function CustomAlternateRows({ contact, field }: { contact: ContactDetails; field: CustomField }) {
  const { t } = useLingui()
  const words = useValueWords()
  const { id, name, type } = field
  return (
    <Rows
      contact={contact}
      field={`#${id}`}
      icon={typeIcons[type]}
      label={t`Other: ${name}`}
      wordsOf={({ value }) => words(type, value)}
      type={type}
    />
  )
}

function Rows(props: {
  contact: ContactDetails
  field: Alternate['field']
  icon: LucideIcon
  label: string
  wordsOf: (one: Alternate) => string
  isMatch?: (one: Alternate) => boolean
  type?: FieldType
}) {
  const { t } = useLingui()
  const { contact, field, icon, label, wordsOf, isMatch = () => false, type } = props
  const [leaving, setLeaving] = useState<Alternate | null>(null)
  return (
    <>
      {contact.alternates
        .filter((one) => one.field === field)
        .map((one) => (
          <FieldRow
            key={String(one.value)}
            icon={icon}
            label={label}
            isMatch={isMatch(one)}
            actions={
              <>
                <Provenance value={one} label={wordsOf(one)} />
                <CopyButton text={String(one.value)} label={t`Copy ${label}`} />
                <IconButton size="sm" icon={X} label={t`Remove ${label}`} onPress={() => setLeaving(one)} />
              </>
            }
          >
            <span className={css.matching}>
              <Shown one={one} type={type} />
              {isMatch(one) && <MatchMark label={t`Matches this contact`} />}
            </span>
          </FieldRow>
        ))}
      {leaving !== null && (
        <RemoveDialog contact={contact} alternate={leaving} words={wordsOf(leaving)} onClose={() => setLeaving(null)} />
      )}
    </>
  )
}

function Shown({ one, type = 'text' }: { one: Alternate; type?: FieldType | undefined }) {
  const { field, value, formatted } = one
  if (field === 'phone') return <FormattedPhone phone={String(value)} formatted={formatted} />
  return (
    <span className="trunc">
      <CustomText type={type} value={value} />
    </span>
  )
}

function RemoveDialog(props: { contact: ContactDetails; alternate: Alternate; words: string; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { contact, alternate, words: value, onClose } = props
  const remove = useMutation(api.contacts.removeAlternate.mutationOptions())
  const submit = () => {
    remove
      .mutateAsync({ contactId: contact.id, field: alternate.field, value: alternate.value })
      .then((fresh) => showSaved(contact.id, fresh))
      .catch((error: unknown) => toastError(explain(error, i18n)))
      .finally(onClose)
  }
  return (
    <AlertDialog
      isOpen
      danger
      title={t`Remove ${value}?`}
      confirm={t`Remove`}
      isPending={remove.isPending}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>
        <Trans>It is not kept anywhere else, and stays off if a merge is undone.</Trans>
      </p>
    </AlertDialog>
  )
}
