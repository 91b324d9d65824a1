import { useSyncExternalStore } from 'react'

export type Overlay = 'palette' | 'keys'

let open: Overlay | null = null
const listeners = new Set<() => void>()

/** Opens the palette or the sheet of keys, over whatever is shown; null closes. */
export function openOverlay(overlay: Overlay | null): void {
  open = overlay
  for (const listener of listeners) listener()
}

/** Which of them is open. */
export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
  )
}
