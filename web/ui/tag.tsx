import { X } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import css from './tag.module.css'

/** A label with a touch of colour. `bare` is the borderless form in lists; `onRemove` adds an x named `removeLabel`. */
export function Tag(props: {
  hue?: number | null
  bare?: boolean
  onRemove?: () => void
  removeLabel?: string
  children: ReactNode
}) {
  const hasHue = props.hue !== null && props.hue !== undefined
  return (
    <span
      className={classes(css.tag, hasHue && css.hue, props.bare && css.bare)}
      style={hasHue ? ({ '--hue': props.hue } as CSSProperties) : undefined}
    >
      <span className="trunc">{props.children}</span>
      {props.onRemove && (
        <Button className={css.remove ?? ''} aria-label={props.removeLabel ?? ''} onPress={props.onRemove}>
          <Icon of={X} size={12} />
        </Button>
      )}
    </span>
  )
}

/** Tags that wrap. */
export function TagList(props: { children: ReactNode }) {
  return <div className={css.list}>{props.children}</div>
}
