import { useEffect, useLayoutEffect, useRef } from 'react'
import { useFocusVisible } from 'react-aria/useFocusVisible'
import { useKeyboard } from 'react-aria/useKeyboard'

/**
 * The focus of a record beside what it was opened from. Opened by key, it goes to the name; opened by mouse or by a link,
 * it stays where it was. When the record closes with the focus inside, it returns to where it came from. Esc closes, after
 * whatever lies on top has had the key.
 */
export function useRecordFocus(isReady: boolean, onClose: () => void) {
  const box = useRef<HTMLDivElement>(null)
  const { isFocusVisible } = useFocusVisible()
  const isWanted = useRef<boolean | undefined>(undefined)

  useLayoutEffect(() => {
    // a page that has just been loaded was not asked for by key
    isWanted.current ??= isFocusVisible && navigator.userActivation.hasBeenActive
    const element = box.current
    const opener = document.activeElement
    return () => {
      if (!element?.contains(document.activeElement)) return
      requestAnimationFrame(() => {
        const isLost = document.activeElement === document.body
        if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus()
      })
    }
    // oxlint-disable-next-line react/exhaustive-deps -- how it was opened, not what happens later
  }, [])

  useEffect(() => {
    if (!isReady || !isWanted.current) return
    isWanted.current = false
    box.current?.querySelector<HTMLElement>('h2')?.focus()
  }, [isReady])

  const { keyboardProps } = useKeyboard({
    onKeyDown: (event) => {
      if (event.key === 'Escape') onClose()
      else event.continuePropagation()
    },
  })
  return { ref: box, ...keyboardProps }
}
