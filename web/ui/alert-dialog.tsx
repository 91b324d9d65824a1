import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** Asks before what cannot be undone. `confirm` names the act ("Delete 3 contacts"), never "OK". */
export function AlertDialog(props: {
  isOpen: boolean
  onClose: () => void
  onConfirm: () => void
  title: ReactNode
  confirm: string
  danger?: boolean
  isPending?: boolean
  disabledReason?: string | undefined
  children?: ReactNode
}) {
  const { t } = useLingui()
  return (
    <Dialog
      role="alertdialog"
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button size="lg" onPress={props.onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look={props.danger ? 'danger' : 'primary'}
            isPending={props.isPending ?? false}
            disabledReason={props.disabledReason}
            onPress={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
