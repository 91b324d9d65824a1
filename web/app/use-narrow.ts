import { useSyncExternalStore } from 'react'

/** Up to this width the layout shows one pane at a time. */
const phone = matchMedia('(max-width: 760px)')

const watch = (query: MediaQueryList) => (listener: () => void) => {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
const watchPhone = watch(phone)

/** Is there room for one pane only? */
export const useIsPhone = (): boolean => useSyncExternalStore(watchPhone, () => phone.matches)
