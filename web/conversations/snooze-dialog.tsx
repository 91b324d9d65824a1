import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { localInput, snoozeTimes } from './snooze-times.ts'

/** Any time to come back to a conversation. */
export default function SnoozeDialog(props: { onPick: (until: Date) => void; onClose: () => void }) {
  const { t } = useLingui()
  const [value, setValue] = useState(() => localInput(snoozeTimes(new Date()).tomorrow))
  const [isPast, setPast] = useState(false)
  const pick = () => {
    const until = new Date(value)
    if (!(until.getTime() > Date.now())) return setPast(true)
    props.onPick(until)
    return props.onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={t`Snooze until`}
      actions={
        <>
          <Button size="lg" onPress={props.onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" onPress={pick}>{t`Snooze`}</Button>
        </>
      }
    >
      <TextField
        label={t`Date and time`}
        type="datetime-local"
        size="lg"
        autoFocus
        value={value}
        error={isPast && t`Choose a time to come.`}
        onChange={(next) => {
          setValue(next)
          setPast(false)
        }}
      />
    </Dialog>
  )
}
