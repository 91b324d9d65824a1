import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Mail, Phone, X } from 'lucide-react'
import { useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import type { Matches } from '../duplicates/shared.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
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
  const [leaving, setLeaving] = useState<Alternate | null>(null)
  const label = field === 'phone' ? t`Other phone` : t`Other email`
  return (
    <>
      {contact.alternates
        .filter((one) => one.field === field)
        .map((one) => (
          <FieldRow
            key={one.value}
            icon={field === 'phone' ? Phone : Mail}
            label={label}
            isMatch={isMatch(field, one.value)}
            actions={
              <>
                <Provenance value={one} label={one.formatted} />
                <CopyButton text={one.value} label={t`Copy ${label}`} />
                <IconButton size="sm" icon={X} label={t`Remove ${label}`} onPress={() => setLeaving(one)} />
              </>
            }
          >
            <span className={css.matching}>
              {field === 'phone' ? (
                <FormattedPhone phone={one.value} formatted={one.formatted} />
              ) : (
                <bdi className="trunc">{one.value}</bdi>
              )}
              {isMatch(field, one.value) && <MatchMark label={t`Matches this contact`} />}
            </span>
          </FieldRow>
        ))}
      {leaving !== null && <RemoveDialog contact={contact} alternate={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function RemoveDialog(props: { contact: ContactDetails; alternate: Alternate; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { contact, alternate, onClose } = props
  const remove = useMutation(api.contacts.removeAlternate.mutationOptions())
  const value = alternate.formatted
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
