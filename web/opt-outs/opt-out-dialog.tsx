import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Lock, MessageSquareOff, StickyNote } from 'lucide-react'
import { useId, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Effects } from '../ui/effects.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './opt-outs.module.css'
import { showOpting } from './show-opting.ts'

/** Asks by which channel a contact does not want to be written to, and why. */
export default function OptOutDialog(props: {
  contact: ContactDetails
  /** The channel that is meant; none at first where it was not asked for on one. */
  channelId: number | null
  onClose: () => void
}) {
  const { t, i18n } = useLingui()
  const { contact, onClose } = props
  const formId = useId()
  const [channelId, setChannelId] = useState(props.channelId ?? 0)
  const [reason, setReason] = useState('')
  const act = useMutation({
    mutationFn: () =>
      client.optOuts.set({
        contactId: contact.id,
        channelId: channelId === 0 ? null : channelId,
        reason: reason.trim() === '' ? null : reason.trim(),
      }),
    onSuccess: (fresh) => {
      showOpting(fresh)
      toast(t`Noted: no messages any more`, { tone: 'ok' })
      onClose()
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: api.contacts.get.key() }),
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Wants no messages`}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" type="submit" form={formId} isPending={act.isPending}>
            {t({ message: 'Note it', context: 'an opt-out' })}
          </Button>
        </>
      }
    >
      <Effects>
        <li>
          <Icon of={MessageSquareOff} />
          <Trans>Nothing is sent there any more, whoever or whatever sends it. What still waits is not sent.</Trans>
        </li>
        <li>
          <Icon of={StickyNote} />
          <Trans>They can still write to you, and your team can write notes.</Trans>
        </li>
        <li>
          <Icon of={Lock} />
          <Trans>
            Only owners and managers lift it, with a reason; or the contact themself, by writing START in a text
            message.
          </Trans>
        </li>
      </Effects>
      <form
        id={formId}
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!act.isPending) act.mutate()
        }}
      >
        <Select
          label={t`By which channel`}
          value={channelId}
          onChange={setChannelId}
          choices={[
            { id: 0, name: t`All channels` },
            ...contact.lines.map((line) => ({
              id: line.channelId,
              name: line.channelName,
              before: <ChannelGlyph kind={line.kind} size={18} />,
            })),
          ]}
        />
        <TextField
          label={t`Reason (optional)`}
          name="reason"
          autoComplete="off"
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      </form>
      {act.error !== null && (
        <Banner tone="danger" live>
          {explain(act.error, i18n)}
        </Banner>
      )}
    </Dialog>
  )
}
