import { useLingui } from '@lingui/react/macro'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import { Button } from 'react-aria-components'
import { Icon } from './icon.tsx'
import { Spinner } from './spinner.tsx'
import css from './toaster.module.css'
import { currentToasts, dismissToast, watchToasts, type Toast } from './toast-store.ts'

/**
 * Where toasts appear, once per page. A landmark, so F6 reaches it; time stands still while it is under the pointer, has
 * the focus, or the tab is hidden.
 */
export function Toaster() {
  const { t } = useLingui()
  const toasts = useSyncExternalStore(watchToasts, currentToasts)
  const ref = useRef<HTMLDivElement>(null)
  const { landmarkProps } = useLandmark({ role: 'region', 'aria-label': t`Notices` }, ref)
  const [isHeld, setHeld] = useState(false)
  return (
    <div
      {...landmarkProps}
      ref={ref}
      className={css.toaster}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusCapture={() => setHeld(true)}
      onBlurCapture={() => setHeld(false)}
    >
      {toasts.map((one) => (
        <OneToast key={one.id} toast={one} isHeld={isHeld} />
      ))}
    </div>
  )
}

function OneToast({ toast, isHeld }: { toast: Toast; isHeld: boolean }) {
  const { t } = useLingui()
  const left = useRef(toast.stay ?? 0)
  const close = useEffectEvent(() => dismissToast(toast.id))
  const isHidden = useSyncExternalStore(watchVisibility, () => document.hidden)

  useEffect(() => {
    if (toast.stay === null || isHeld || isHidden) return undefined
    const from = performance.now()
    const timer = setTimeout(close, left.current)
    return () => {
      clearTimeout(timer)
      left.current = Math.max(1500, left.current - (performance.now() - from))
    }
  }, [toast.stay, isHeld, isHidden])

  return (
    <div className={css.toast} role={toast.tone === 'error' ? 'alert' : 'status'}>
      {toast.tone === 'busy' && <Spinner />}
      {toast.tone === 'ok' && <Icon of={CircleCheck} />}
      {toast.tone === 'error' && <Icon of={CircleAlert} />}
      <span className={css.text}>{toast.text}</span>
      {toast.action && (
        <Button
          className={css.action ?? ''}
          onPress={() => {
            close()
            toast.action?.run()
          }}
        >
          {toast.action.label}
        </Button>
      )}
      {toast.tone !== 'busy' && (
        <Button className={css.close ?? ''} aria-label={t`Dismiss`} onPress={close}>
          <Icon of={X} size={14} />
        </Button>
      )}
    </div>
  )
}

function watchVisibility(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
