import { useLingui } from '@lingui/react/macro'
import { lazy, Suspense, type RefObject } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { Popover } from '../ui/popover.tsx'
import css from './tags.module.css'

const TagPicker = lazy(() => import('./tag-picker.tsx'))

/** The picker of a contact's tags, beside `anchor`. */
export function TagPopover(props: {
  contact: ContactDetails | undefined
  anchor: RefObject<Element | null>
  placement?: 'bottom start' | 'bottom end'
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const { t } = useLingui()
  const { contact, anchor, placement = 'bottom end', isOpen, onOpenChange } = props
  const waiting = <div className={css.wait} />
  return (
    <Popover label={t`Tags`} triggerRef={anchor} isOpen={isOpen} onOpenChange={onOpenChange} placement={placement}>
      {contact === undefined ? (
        waiting
      ) : (
        <Suspense fallback={waiting}>
          <TagPicker contact={contact} />
        </Suspense>
      )}
    </Popover>
  )
}
