import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client.ts'
import { explain, fieldProblems } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showSaved } from './contact-query.ts'
import css from './contacts-screen.module.css'
import { problemWords } from './problem-words.ts'

const blank = { firstName: '', lastName: '', phone: '', email: '' }

/** A contact by hand: any one of name, phone or e-mail will do. What is refused says why beside its field. */
export default function AddContactDialog(props: { onClose: () => void; onAdded: (contactId: number) => void }) {
  const { onClose, onAdded } = props
  const { t, i18n } = useLingui()
  const [values, setValues] = useState(blank)
  const create = useMutation(api.contacts.create.mutationOptions())
  const problems = fieldProblems(create.error)
  const set = (field: keyof typeof blank) => (value: string) => setValues({ ...values, [field]: value })
  const errorOf = (field: keyof typeof blank) => {
    const problem = problems.find(({ path }) => path === `values.${field}`)
    if (problem === undefined) return undefined
    const { fix } = problem
    return (
      <>
        {problemWords(problem, i18n)}{' '}
        {fix !== undefined && (
          <Button size="sm" onPress={() => set(field)(fix)}>
            <bdi>{fix}</bdi>
          </Button>
        )}
      </>
    )
  }
  const general =
    create.error === null
      ? null
      : problems.length === 0
        ? explain(create.error, i18n)
        : problems.some(({ path }) => path === 'values')
          ? problemWords({ path: 'values', reason: 'empty' }, i18n)
          : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create
      .mutateAsync({ values })
      .then((contact) => {
        showSaved(contact.id, contact)
        onClose()
        onAdded(contact.id)
      })
      .catch(() => undefined)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Add contact</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button size="lg" look="primary" type="submit" form="add-contact" isPending={create.isPending}>
            <Trans>Add contact</Trans>
          </Button>
        </>
      }
    >
      <form id="add-contact" noValidate className={css.form} onSubmit={submit}>
        {general !== null && (
          <Banner tone="danger" live>
            {general}
          </Banner>
        )}
        <div className={css.pair}>
          <TextField
            label={t`First name`}
            value={values.firstName}
            onChange={set('firstName')}
            autoFocus
            maxLength={100}
          />
          <TextField label={t`Last name`} value={values.lastName} onChange={set('lastName')} maxLength={100} />
        </div>
        <TextField
          label={t`Phone`}
          hint={t`With its country code: +34 600 00 01 42`}
          type="tel"
          value={values.phone}
          onChange={set('phone')}
          error={errorOf('phone')}
          maxLength={60}
        />
        <TextField
          label={t`Email`}
          type="email"
          value={values.email}
          onChange={set('email')}
          error={errorOf('email')}
          maxLength={254}
        />
      </form>
    </Dialog>
  )
}
