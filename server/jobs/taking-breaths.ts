import { setImmediate as breathe } from 'node:timers/promises'

/** Others have their turn after so many milliseconds. */
const sliceMs = 2

/** Called often by who computes at length: now and then lets others go on. */
export function takingBreaths(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < sliceMs) return
    await breathe()
    last = performance.now()
  }
}
