import type { LucideIcon } from 'lucide-react'
import { classes } from './classes.ts'

export type { LucideIcon }

/** A line icon, decorative unless `label` is given. `flip` mirrors it where text runs from the right (arrows, sending). */
export function Icon(props: {
  of: LucideIcon
  size?: 11 | 12 | 14 | 16 | 18 | 20
  flip?: boolean
  label?: string
  className?: string | undefined
}) {
  const Glyph = props.of
  const named = props.label ? { role: 'img', 'aria-label': props.label } : { 'aria-hidden': true }
  return (
    <Glyph
      size={props.size ?? 16}
      strokeWidth={props.size === 11 ? 3 : 1.75}
      className={classes(props.className, props.flip && 'flip')}
      style={{ flex: 'none' }}
      {...named}
    />
  )
}
