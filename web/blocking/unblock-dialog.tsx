import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { countedTo } from './counted-to.ts'
import { explainBlocking } from './explain-blocking.ts'
import { useBlocking, type Blockable } from './use-blocking.ts'

/** Asks what becomes of the messages that were held. */
export default function UnblockDialog(props: { contact: Blockable; kept: number; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const { contact, kept, onClose } = props
  const [showHeld, setShowHeld] = useState(false)
  const { unblock } = useBlocking()
  const act = useMutation({ mutationFn: () => unblock(contact, showHeld), onSuccess: onClose })
  const name = contact.displayName ?? t`Nameless contact`
  const many = `${number(countedTo)}+`
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Unblock ${name}`}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" isPending={act.isPending} onPress={() => act.mutate()}>
            {t`Unblock contact`}
          </Button>
        </>
      }
    >
      <p>
        <Trans>What they send reaches the Inbox again. The conversation stays closed until somebody writes.</Trans>
      </p>
      <Checkbox
        isSelected={showHeld}
        onChange={setShowHeld}
        autoFocus
        note={showHeld ? t`They go into the thread where they came.` : t`Otherwise they are dropped for good.`}
      >
        {kept >= countedTo ? (
          <Trans>Show the {many} held messages</Trans>
        ) : (
          <Plural value={kept} one="Show the # held message" other="Show the # held messages" />
        )}
      </Checkbox>
      {act.error !== null && (
        <Banner tone="danger" live>
          {explainBlocking(act.error, i18n)}
        </Banner>
      )}
    </Dialog>
  )
}
