import { useState } from 'react'
import { explainAuth } from '../api/auth.ts'

/** One call to a sign-in endpoint at a time; `problem` is what the last one failed with, in words. */
export function useAuthForm() {
  const [isPending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const run = (act: () => Promise<void>) => {
    if (isPending) return
    setPending(true)
    setProblem(null)
    act()
      .catch((error: unknown) => setProblem(explainAuth(error)))
      .finally(() => setPending(false))
  }
  return { isPending, problem, run }
}
