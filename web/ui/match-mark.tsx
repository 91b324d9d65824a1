import { Check } from 'lucide-react'
import { Icon } from './icon.tsx'
import css from './match-mark.module.css'

/** The green check of two values that mean the same. `label` says so to whoever does not see it. */
export function MatchMark({ label }: { label?: string }) {
  return (
    <span
      className={css.mark}
      {...(label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true })}
    >
      <Icon of={Check} size={11} />
    </span>
  )
}
