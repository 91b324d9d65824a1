import { useEffect, useSyncExternalStore } from 'react'

/** Something loaded when first needed, once. */
export interface Later<T> {
  get: () => T | undefined
  load: () => void
  watch: (listener: () => void) => () => void
}

/** Prepares a late load; nothing is fetched until a component uses it. */
export function later<T>(fetch: () => Promise<T>): Later<T> {
  let value: T | undefined
  let isAsked = false
  const listeners = new Set<() => void>()

  async function keep() {
    try {
      value = await fetch()
      for (const listener of listeners) listener()
    } catch {
      // Offline: the next component asks again.
      isAsked = false
    }
  }

  return {
    get: () => value,
    load: () => {
      if (isAsked) return
      isAsked = true
      void keep()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The loaded thing, or undefined while it is on its way. */
export function useLater<T>(one: Later<T>): T | undefined {
  useEffect(() => one.load(), [one])
  return useSyncExternalStore(one.watch, one.get)
}
