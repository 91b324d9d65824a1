import type { Deps } from '../deps.ts'
import { recordAccepted, type Accepted } from './record-accepted.ts'

interface Waiting {
  readonly one: Accepted
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes down what one line's provider has taken: at once while nothing is being written, else together with all that was taken
 * meanwhile. Each is as safe as if it were alone: it is answered for when it is committed, and what cannot be written holds back
 * no other.
 */
export function gatherAccepted(deps: Pick<Deps, 'db' | 'clock'>): { write(one: Accepted): Promise<void> } {
  let waiting: Waiting[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const together = waiting
      waiting = []
      try {
        await recordAccepted(
          deps,
          together.map(({ one }) => one),
        )
        for (const { resolve } of together) resolve()
      } catch (error) {
        if (together.length === 1) together[0]!.reject(error)
        else
          await Promise.all(
            together.map(({ one, ...told }) => recordAccepted(deps, [one]).then(told.resolve, told.reject)),
          )
      }
    }
    isWriting = false
  }

  return {
    write: (one) =>
      new Promise((resolve, reject) => {
        waiting.push({ one, resolve, reject })
        if (!isWriting) void writeAll()
      }),
  }
}
