import { GripVertical } from 'lucide-react'
import type { ButtonHTMLAttributes } from 'react'
import css from './drag-handle.module.css'
import { Icon } from './icon.tsx'

/** By which a row is lifted: takes what `useLifting` gives for it, its label, and what describes its keys. */
export function DragHandle(props: ButtonHTMLAttributes<HTMLButtonElement> & { 'aria-label': string }) {
  return (
    <button {...props} type="button" className={css.handle}>
      <Icon of={GripVertical} />
    </button>
  )
}
