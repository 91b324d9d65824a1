import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  /** `alertdialog` for what cannot be undone: a click outside does not close it. */
  role?: 'dialog' | 'alertdialog'
  wide?: boolean
  /** Buttons, the least important first; on phones they stack with the last on top. */
  actions?: ReactNode
  children?: ReactNode
}

/** A modal dialog, a sheet from below on phones. Focus is kept inside and returns to the opener; Esc closes. */
export function Dialog({ isOpen, onClose, title, role = 'dialog', wide, actions, children }: DialogProps) {
  const { t } = useLingui()
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className={css.scrim ?? ''}
    >
      <Modal className={classes(css.modal, wide && css.wide)}>
        <span className={css.grab} aria-hidden="true" />
        <AriaDialog role={role} className={css.dialog ?? ''}>
          <Heading slot="title" level={2} className={css.title ?? ''}>
            {title}
          </Heading>
          {children && <div className={css.body}>{children}</div>}
          {actions && <div className={css.actions}>{actions}</div>}
          {role === 'dialog' && (
            <IconButton icon={X} label={t`Close`} size="sm" className={css.close} tooltip="none" onPress={onClose} />
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
