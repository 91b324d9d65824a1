import { useEffect, useState, type ReactNode } from 'react'
import css from './fold.module.css'

/** As long as the fold's own transition in the stylesheet. */
const duration = 240

/** Shows something while it is there and folds it away, out of reach, when it is gone. */
export function Fold<T>(props: { of: T | undefined; children: (shown: T) => ReactNode }) {
  const present = props.of
  const [last, setLast] = useState(present)
  if (present !== undefined && present !== last) setLast(present)
  const isGone = present === undefined
  useEffect(() => {
    if (!isGone) return undefined
    const timer = setTimeout(() => setLast(undefined), duration)
    return () => clearTimeout(timer)
  }, [isGone])
  const shown = present ?? last
  if (shown === undefined) return null
  return (
    <div className={css.fold} data-gone={isGone || undefined} inert={isGone}>
      <div className={css.inside}>{props.children(shown)}</div>
    </div>
  )
}
