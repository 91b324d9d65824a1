import { useSyncExternalStore, type ReactNode } from 'react'

let asked: ReactNode = null
const listeners = new Set<() => void>()

function show(question: ReactNode): void {
  asked = question
  for (const listener of listeners) listener()
}

/**
 * Opens a question over whatever is shown and waits for the answer, also when the place it was asked from is gone by then.
 * `draw` makes the dialog, which calls `answer` once.
 */
export function ask<Answer>(draw: (answer: (given: Answer) => void) => ReactNode): Promise<Answer> {
  return new Promise((resolve) => {
    show(
      draw((given) => {
        show(null)
        resolve(given)
      }),
    )
  })
}

/** The question that is open. */
export function useAsked(): ReactNode {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
}
