import { useNavigate } from '@tanstack/react-router'
import { useLingui } from '@lingui/react/macro'
import type { InfiniteData } from '@tanstack/react-query'
import { useState } from 'react'
import type { Suggestion } from '#contract/suggestion.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import type { MergeSearch } from '../app/search-params.ts'
import { explainMerge, useMerge } from '../merging/shared.ts'
import { toastError } from '../ui/toast-store.ts'
import { pairKey } from './suggestion-row.tsx'
import { useDismissal } from './use-dismissal.ts'

type Pages = InfiniteData<{ items: Suggestion[]; next: string | null }>

/**
 * The three answers to a suggestion in a list. An answered pair leaves the list at once and comes back when the server
 * refuses or somebody takes the answer back. `isLeaving` tells which pairs are not to be shown any more. `openId` is the
 * contact to which one goes back from a comparison.
 */
export function useClearing(back: NonNullable<MergeSearch['back']>, openId?: number) {
  const { i18n } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const { mergeAtOnce } = useMerge()
  const { dismiss } = useDismissal()
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set())

  const answer = async (suggestion: Suggestion, act: () => Promise<boolean>) => {
    const key = pairKey(suggestion)
    setLeaving((now) => new Set([...now, key]))
    const isDone = await act()
    if (isDone) leaveOut(key)
    setLeaving((now) => new Set([...now].filter((one) => one !== key)))
  }
  return {
    isLeaving: (suggestion: Suggestion) => leaving.has(pairKey(suggestion)),
    review: ({ a, b }: Suggestion) =>
      void navigate({
        to: '/w/$workspace/contacts/merge',
        params: { workspace },
        search: { ids: (b.id === openId ? [b.id, a.id] : [a.id, b.id]).join(), back },
      }),
    merge: (suggestion: Suggestion) =>
      answer(suggestion, async () => {
        try {
          return (await mergeAtOnce([suggestion.a.id, suggestion.b.id])) !== null
        } catch (error) {
          toastError(explainMerge(error, i18n))
          return false
        }
      }),
    dismiss: (suggestion: Suggestion) => answer(suggestion, () => dismiss({ a: suggestion.a.id, b: suggestion.b.id })),
  }
}

/** Until the lists have asked again. */
function leaveOut(key: string): void {
  queryClient.setQueriesData<Pages>({ queryKey: api.duplicates.list.key({ type: 'infinite' }) }, (old) =>
    old === undefined
      ? undefined
      : {
          ...old,
          pages: old.pages.map((page) => ({ ...page, items: page.items.filter((one) => pairKey(one) !== key) })),
        },
  )
}
