import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ContactDetails, OptOut } from '#contract/contacts.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './opt-outs.module.css'
import { useOptOutFacts } from './opt-out-words.ts'
import { showOpting } from './show-opting.ts'

/** Asks why a contact may be written to again. */
export default function LiftDialog(props: { contact: ContactDetails; optOut: OptOut; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const factsOf = useOptOutFacts()
  const { contact, optOut, onClose } = props
  const formId = useId()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const lift = useMutation({
    mutationFn: () =>
      client.optOuts.lift({ contactId: contact.id, channelId: optOut.channelId, reason: reason.trim() }),
    onSuccess: (fresh) => {
      showOpting(fresh)
      toast(t`Messages can be sent again`, { tone: 'ok' })
      onClose()
    },
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Write to them again`}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" type="submit" form={formId} isPending={lift.isPending}>
            {t({ message: 'Lift', context: 'an opt-out' })}
          </Button>
        </>
      }
    >
      <p>
        <bdi>{factsOf(optOut)}</bdi>
      </p>
      <form
        id={formId}
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(reason.trim() === '')
          if (reason.trim() !== '' && !lift.isPending) lift.mutate()
        }}
      >
        <TextField
          label={t`Reason`}
          name="reason"
          hint={t`How you know that they want it. It stays in the contact's history.`}
          autoComplete="off"
          autoFocus
          isRequired
          maxLength={500}
          value={reason}
          onChange={(value) => {
            setReason(value)
            setMissing(false)
          }}
          error={isMissing && t`Say how you know.`}
        />
      </form>
      {(optOut.source === 'contact' || optOut.source === 'channel') && optOut.kind !== 'email' ? (
        <Banner>
          {optOut.scope === 'marketing' ? (
            <Trans>The provider goes on refusing advertising until the contact allows it there.</Trans>
          ) : (
            <Trans>The provider may go on refusing until the contact writes START.</Trans>
          )}
        </Banner>
      ) : null}
      {lift.error !== null && (
        <Banner tone="danger" live>
          {explain(lift.error, i18n)}
        </Banner>
      )}
    </Dialog>
  )
}
