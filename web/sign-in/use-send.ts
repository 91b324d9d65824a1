import { useState } from 'react'

/**
 * Sends a form once at a time. `problem` is what the last attempt failed with, until the next one; after a success the
 * form stays busy, because the page is about to change.
 */
export function useSend<Problem>(send: () => Promise<void>, explain: (error: unknown) => Problem) {
  const [isPending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (isPending) return
    setPending(true)
    setProblem(null)
    send().catch((error: unknown) => {
      setProblem(explain(error))
      setPending(false)
    })
  }
  return { isPending, problem, submit }
}
