import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MergeField, MergePlan } from '#contract/merging.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { describeChanges, type Change } from './describe-changes.ts'
import { outdatedPlan } from './outdated.ts'
import { useMerge } from './use-merge.tsx'

type Picks = Partial<Record<MergeField, number>>

/**
 * The plan for making one of several contacts under the choices made so far, always as it holds now. What changes while it
 * is being looked at is in `changes`, whether it arrived by itself or the server refused the plan that was shown.
 */
export function useMergePlan(contactIds: number[]) {
  const [survivorId, setSurvivor] = useState<number>()
  const [picks, setPicks] = useState<Picks>({})
  const wish = { contactIds, picks, ...(survivorId === undefined ? {} : { survivorId }) }
  const options = api.merging.plan.queryOptions({ input: wish, staleTime: 0 })
  const { merge } = useMerge()
  /** From the press until the server has refused: once they are one contact there is nothing to plan any more. */
  const [isMerging, setMerging] = useState(false)
  const query = useQuery({ ...options, enabled: !isMerging, placeholderData: (old) => old })

  const plan = query.data
  const wishKey = JSON.stringify(wish)
  const [seen, setSeen] = useState<{ wishKey: string; plan: MergePlan }>()
  const [changes, setChanges] = useState<readonly Change[]>([])
  if (plan !== undefined && !query.isPlaceholderData && seen?.plan !== plan) {
    setSeen({ wishKey, plan })
    // a choice of one's own changes the plan too, and is no news
    const news = seen?.wishKey === wishKey ? describeChanges(seen.plan, plan) : []
    if (news.length > 0) setChanges(news)
  }

  return {
    plan,
    error: query.error,
    retry: () => void query.refetch(),
    /** Choices are on their way to the server and the plan shown is still the one before. */
    isSettling: query.isPlaceholderData,
    isMerging,
    changes,
    /** Whose value stays, as far as somebody chose. */
    picks,
    pick: (field: MergeField, contactId: number) => {
      setChanges([])
      setPicks({ ...picks, [field]: contactId })
    },
    keep: (contactId: number) => {
      setChanges([])
      setSurvivor(contactId)
    },
    /** Does exactly what the plan says. Null when that no longer holds: then the new plan shows. */
    apply: async () => {
      const { fingerprint } = await queryClient.ensureQueryData(options)
      setMerging(true)
      try {
        return await merge({ ...wish, fingerprint })
      } catch (error) {
        setMerging(false)
        const now = outdatedPlan(error) as MergePlan | null
        if (now === null) throw error
        queryClient.setQueryData(options.queryKey, now)
        return null
      }
    },
  }
}
export type PlanInHand = ReturnType<typeof useMergePlan>
