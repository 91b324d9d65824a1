import { useSyncExternalStore } from 'react'

/** Widths at which the layout changes: one pane at a time up to 760 px; the record overlays the page below 1240 px. */
const phone = matchMedia('(max-width: 760px)')
const narrow = matchMedia('(max-width: 1239px)')

const watch = (query: MediaQueryList) => (listener: () => void) => {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
const watchPhone = watch(phone)
const watchNarrow = watch(narrow)

/** Is there room for one pane only? */
export const useIsPhone = (): boolean => useSyncExternalStore(watchPhone, () => phone.matches)

/** Is there no room for the record beside the page? */
export const useIsNarrow = (): boolean => useSyncExternalStore(watchNarrow, () => narrow.matches)
