import { classes } from './classes.ts'
import css from './skeleton.module.css'

/** A grey shape in the place of what is loading. Lay them out as the real thing will be; put `aria-busy` on the region. */
export function Skeleton(props: { width?: string | number; height?: string | number; round?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={classes(css.skeleton, props.round && css.round)}
      style={{ inlineSize: props.width ?? '100%', blockSize: props.height ?? 10 }}
    />
  )
}
