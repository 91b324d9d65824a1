/** What was opened, to be closed in reverse. */
export interface Ending {
  add(step: () => unknown): void
  /** Whoever calls it a second time waits for the first. */
  end(): Promise<void>
}

export function endInOrder(): Ending {
  const steps: (() => unknown)[] = []
  let ended: Promise<void> | undefined
  const runAll = async () => {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step()
      } catch (error) {
        // the others are to be closed all the same
        console.error(error)
      }
    }
  }
  return {
    add: (step) => void steps.push(step),
    end: () => (ended ??= runAll()),
  }
}
