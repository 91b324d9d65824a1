import { Lock } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './field-row.module.css'
import { Icon, type LucideIcon } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'

/** Rows of label and value. */
export function FieldList(props: { children: ReactNode }) {
  return <dl className={css.list}>{props.children}</dl>
}

/**
 * One label with its value (an `InlineEdit`, a picker, plain words). `actions` appear on hover, on focus and always on
 * touch. `readOnlyReason` shows a lock that says why. `watch` is the value as text: when it changes from outside the row
 * flashes softly; so it does, in green, when `isMatch` comes or goes.
 */
export function FieldRow(props: {
  icon?: LucideIcon
  label: ReactNode
  actions?: ReactNode
  readOnlyReason?: string
  watch?: string | null
  isMatch?: boolean
  children: ReactNode
}) {
  const flash = useFlash(props.watch)
  const matchFlash = useFlash(props.isMatch)
  return (
    <div className={classes(css.row, flash && css.flash, matchFlash && css.matchFlash)}>
      <dt className={css.label}>
        {props.icon && <Icon of={props.icon} size={14} />}
        <span className="trunc">{props.label}</span>
      </dt>
      <dd className={css.value}>
        {props.children}
        {props.actions && <span className={css.actions}>{props.actions}</span>}
        {props.readOnlyReason && (
          <Tooltip text={props.readOnlyReason}>
            <Button className={css.lock ?? ''} aria-label={props.readOnlyReason}>
              <Icon of={Lock} size={14} />
            </Button>
          </Tooltip>
        )}
      </dd>
    </div>
  )
}

function useFlash(value: string | boolean | null | undefined): boolean {
  const seen = useRef(value)
  const [isOn, setOn] = useState(false)
  useEffect(() => {
    if (seen.current === value) return undefined
    seen.current = value
    setOn(true)
    const timer = setTimeout(() => setOn(false), 1200)
    return () => clearTimeout(timer)
  }, [value])
  return isOn
}
