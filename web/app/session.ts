import { endCalls } from '../api/client.ts'
import { followWorkspace } from '../api/live.ts'
import { queryClient } from '../api/query-client.ts'

let open: { workspaceId: number; leave: () => void } | null = null
const lastKey = 'ficha.workspace'

/** Follows what happens in a workspace from now on. Going on in the same one changes nothing. */
export function enterWorkspace(workspaceId: number): void {
  if (open?.workspaceId === workspaceId) return
  open?.leave()
  queryClient.clear()
  open = { workspaceId, leave: followWorkspace(workspaceId, queryClient) }
  try {
    localStorage.setItem(lastKey, String(workspaceId))
  } catch {
    // Storage may be closed; the first workspace opens next time.
  }
}

/** The workspace this browser was in last. */
export function lastWorkspace(): number | null {
  try {
    return Number(localStorage.getItem(lastKey)) || null
  } catch {
    return null
  }
}

/** Ends the session here and starts again from nothing: no data of one person stays for the next. */
export async function signOut(): Promise<void> {
  await endCalls()
  try {
    await fetch('/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  } finally {
    location.assign('/sign-in')
  }
}
