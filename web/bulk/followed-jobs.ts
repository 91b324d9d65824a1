import { useSyncExternalStore } from 'react'

/** Job numbers are counted per workspace. */
type Followed = Readonly<Record<number, readonly number[]>>

let followed: Followed = {}
const none: readonly number[] = []
const listeners = new Set<() => void>()

function set(workspace: number, jobIds: readonly number[]): void {
  followed = { ...followed, [workspace]: jobIds }
  for (const listener of listeners) listener()
}

/** Shows how a job goes on and how it ended, until somebody has seen it. */
export function followJob(workspace: number, jobId: number): void {
  const known = followed[workspace] ?? none
  if (!known.includes(jobId)) set(workspace, [...known, jobId])
}

export function leaveJob(workspace: number, jobId: number): void {
  set(
    workspace,
    (followed[workspace] ?? none).filter((one) => one !== jobId),
  )
}

/** The jobs that are shown in this tab, the oldest first. */
export function useFollowedJobs(workspace: number): readonly number[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => followed[workspace] ?? none,
  )
}
