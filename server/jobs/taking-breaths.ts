import { setImmediate as breathe } from 'node:timers/promises'

/** Others have their turn after so many milliseconds. */
const sliceMs = 2

/** For who computes at length, asked again and again: `if (breath.isDue()) await breath.take()` lets others go on. */
export function takingBreaths(): { isDue: () => boolean; take: () => Promise<void> } {
  let last = performance.now()
  return {
    isDue: () => performance.now() - last >= sliceMs,
    async take() {
      await breathe()
      last = performance.now()
    },
  }
}
