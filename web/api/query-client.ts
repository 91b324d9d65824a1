import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { codeOf, isTransient } from './explain.ts'

let onSignedOut: () => void = () => {}

/** What to do when the server says that the session is over. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

/** Looks whether an answer means that the session is over, and acts on it. */
export function noticeSignOut(error: unknown): void {
  if (codeOf(error) === 'UNAUTHENTICATED') onSignedOut()
}

const retry = (failures: number, error: unknown) => failures < 3 && isTransient(error)
const retryDelay = (failures: number) => Math.min(8000, 400 * 2 ** failures) * (0.75 + Math.random() / 2)

/**
 * What the browser knows of the server. Live events keep it fresh, so nothing is refetched just because time passed; acts
 * are repeated after a lost answer, which is safe because they carry a key.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: { staleTime: 5 * 60_000, gcTime: 10 * 60_000, retry, retryDelay, refetchOnWindowFocus: false },
    mutations: { retry, retryDelay },
  },
})
