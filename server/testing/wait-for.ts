import { setTimeout as wait } from 'node:timers/promises'

/**
 * Asks again until the answer is neither undefined, null nor false; fails after `timeout` ms naming what was awaited.
 * Tests wait for conditions, never for time; on a slow machine a condition comes late.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  timeout = 60_000,
): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${timeout} ms in vain for: ${what}`)
    await wait(15)
  }
}
