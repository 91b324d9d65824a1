import { useLingui } from '@lingui/react/macro'
import { useId, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** A dialog around a form that is saved by its button or by Enter, and not again while it is being saved. */
export function SaveDialog(props: {
  title: ReactNode
  save: { isPending: boolean; mutate: () => void }
  onClose: () => void
  className?: string | undefined
  children: ReactNode
}) {
  const { t } = useLingui()
  const { save, onClose } = props
  const formId = useId()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={props.title}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" type="submit" form={formId} isPending={save.isPending}>{t`Save`}</Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className={props.className}
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        {props.children}
      </form>
    </Dialog>
  )
}
