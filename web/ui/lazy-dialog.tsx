import { Suspense, useEffect, useEffectEvent, type ReactNode } from 'react'
import css from './lazy-dialog.module.css'
import { Spinner } from './spinner.tsx'

/** A dialog whose code comes when it is first opened. */
export function LazyDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return <Suspense fallback={<Coming onLeave={onClose} />}>{children}</Suspense>
}

/**
 * Stands for what will take the keys and is not there yet: the page below hears none of them, Esc gives it up. The focus
 * stays where it is, so that it finds back there afterwards.
 */
export function Coming({ onLeave }: { onLeave: () => void }) {
  const leave = useEffectEvent(onLeave)
  useEffect(() => {
    const keep = (event: KeyboardEvent) => {
      event.stopPropagation()
      // what the browser itself does with a key that is held down with others stays as it is
      if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1) event.preventDefault()
      if (event.key === 'Enter') event.preventDefault()
      if (event.key === 'Escape') leave()
    }
    document.addEventListener('keydown', keep, true)
    return () => document.removeEventListener('keydown', keep, true)
  }, [])
  return (
    <div className={css.coming} role="status">
      <Spinner big />
    </div>
  )
}
