import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { CheckCheck, EyeOff, Inbox } from 'lucide-react'
import { useState } from 'react'
import { useWorkspace } from '../api/me.ts'
import { StoppingNote } from '../runs/shared.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Effects } from '../ui/effects.tsx'
import { Icon } from '../ui/icon.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './blocking.module.css'
import { explainBlocking } from './explain-blocking.ts'
import { useBlocking, type Blockable } from './use-blocking.ts'

/** Says what blocking does, and asks why: a reason at hand is a press, any other is written. */
export default function BlockDialog({ contact, onClose }: { contact: Blockable; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const days = useWorkspace().heldDays
  const [reason, setReason] = useState('')
  const { block } = useBlocking()
  const act = useMutation({
    mutationFn: () => block(contact, reason.trim() === '' ? null : reason.trim()),
    onSuccess: onClose,
  })
  const name = contact.displayName ?? t`Nameless contact`
  const usual = [
    t`Spam`,
    t({ message: 'Offensive language', context: 'reason to block' }),
    t({ message: 'Impersonation', context: 'reason to block' }),
    t({ message: 'At their own request', context: 'reason to block' }),
  ]
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Block ${name}`}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="danger" isPending={act.isPending} onPress={() => act.mutate()}>
            {t`Block contact`}
          </Button>
        </>
      }
    >
      <Effects>
        <li>
          <Icon of={CheckCheck} />
          <Trans>The conversation is closed.</Trans>
        </li>
        <li>
          <Icon of={Inbox} />
          <Trans>
            What they send no longer reaches the Inbox. It is counted and kept apart for {days} days, and you can show
            it when you unblock them.
          </Trans>
        </li>
        <li>
          <Icon of={EyeOff} />
          <Trans>They are left out of segments, searches and suggestions. You find them under Blocked.</Trans>
        </li>
      </Effects>
      <StoppingNote contact={contact} />
      <TextField
        label={t`Reason (optional)`}
        name="reason"
        autoComplete="off"
        autoFocus
        maxLength={500}
        value={reason}
        onChange={setReason}
        onKeyDown={(event) => {
          if (event.key === 'Enter') act.mutate()
          else event.continuePropagation()
        }}
      />
      <div role="group" aria-label={t`Usual reasons`} className={css.usual}>
        {usual.map((words) => (
          <Button key={words} size="sm" look={reason === words ? 'soft' : 'secondary'} onPress={() => setReason(words)}>
            {words}
          </Button>
        ))}
      </div>
      {act.error !== null && (
        <Banner tone="danger" live>
          {explainBlocking(act.error, i18n)}
        </Banner>
      )}
    </Dialog>
  )
}
