import { UserRound } from 'lucide-react'
import { useState, type CSSProperties, type ReactNode } from 'react'
import css from './avatar.module.css'
import { classes } from './classes.ts'
import { hueOf } from './hue.ts'
import { initialsOf } from './initials.ts'

/**
 * A person's picture, else their initials on the hue of their id, else a person's outline. Decorative: the name stands
 * beside it, or on the button around it. `children` is a badge at the corner (a channel glyph); its ring takes `--ring`.
 */
export function Avatar(props: {
  id: number | string
  name?: string | null | undefined
  picture?: string | null | undefined
  size?: 22 | 28 | 36 | 40 | 52 | 72
  children?: ReactNode
}) {
  const { id, name, picture, size = 36 } = props
  const [broken, setBroken] = useState<string | null>(null)
  const initials = initialsOf(name)
  return (
    <span
      className={classes(css.avatar, size < 30 && css.small)}
      style={{ '--hue': hueOf(id), '--size': `${size}px` } as CSSProperties}
      aria-hidden="true"
    >
      {picture && picture !== broken ? (
        <img className={css.picture} src={picture} alt="" loading="lazy" onError={() => setBroken(picture)} />
      ) : (
        initials || <UserRound strokeWidth={1.9} />
      )}
      {props.children && <span className={css.badge}>{props.children}</span>}
    </span>
  )
}
