import { useSuspenseQuery } from '@tanstack/react-query'
import { can, type Action } from '#contract/policy.ts'
import { api } from './client.ts'

/** The open workspace, with the signed-in member as `me`. The shell has loaded it before any screen shows. */
export function useWorkspace() {
  return useSuspenseQuery(api.workspaces.get.queryOptions()).data
}

/** The signed-in member. */
export function useMe() {
  return useWorkspace().me
}

/** May the signed-in member do this at all? The server decides; this is to explain it. */
export function useCan(action: Action): boolean {
  return can(useMe(), action)
}
