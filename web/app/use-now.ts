import { useSyncExternalStore } from 'react'

const tick = 20_000
const watch = (listener: () => void) => {
  const timer = setInterval(listener, tick)
  return () => clearInterval(timer)
}

/** The time, true to within twenty seconds (ms since 1970). */
export const useNow = (): number => useSyncExternalStore(watch, () => Math.floor(Date.now() / tick) * tick)
