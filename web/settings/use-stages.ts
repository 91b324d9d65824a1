import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { toastError } from '../ui/toast-store.ts'
import { offerUndo } from '../ui/undo.ts'
import { explainLifecycle } from './explain-lifecycle.ts'
import { followerOf, moveItem } from '../ui/move-item.ts'

/** Has everything that shows stages ask for them again. */
export function askLifecycleAgain(): void {
  for (const key of [api.lifecycle.list.key(), api.fields.list.key(), api.contacts.get.key(), api.contacts.list.key()])
    void queryClient.invalidateQueries({ queryKey: key })
}

/** A stage as a row that is arranged. */
export interface StageItem {
  readonly key: string
  readonly stage: LifecycleStage
}

/** Arranges the stages of the journey, at once for whoever looks; each change can be undone. */
export function useStages(items: readonly StageItem[]) {
  const { t, i18n } = useLingui()
  const { queryKey } = api.lifecycle.list.queryOptions()
  const onError = (error: unknown) => {
    toastError(explainLifecycle(error, i18n))
    askLifecycleAgain()
  }
  const act = useMutation({
    scope: { id: 'arranging stages' },
    mutationFn: (wish: { stageId: number; before: number | null }) => client.lifecycle.move(wish),
    onMutate: async ({ stageId, before }) => {
      await queryClient.cancelQueries({ queryKey })
      const rest = items.filter(({ stage }) => stage.id !== stageId)
      const at = before === null ? rest.length : rest.findIndex(({ stage }) => stage.id === before)
      const moved = moveItem<string, StageItem>(items, String(stageId), at)
      queryClient.setQueryData(queryKey, { items: moved.map(({ stage }) => stage) })
    },
    onSuccess: (fresh) => queryClient.setQueryData(queryKey, fresh),
    onError,
  })
  const begin = useMutation({
    mutationFn: (stageId: number) => client.lifecycle.edit({ stageId, isDefault: true }),
    onSuccess: askLifecycleAgain,
    onError,
  })
  const suggest = useMutation({
    mutationFn: async () => {
      const suggested = [
        { name: t({ message: 'New', context: 'stage' }), emoji: '🌱' },
        { name: t({ message: 'Interested', context: 'stage' }), emoji: '💬' },
        { name: t({ message: 'Customer', context: 'stage' }), emoji: '⭐' },
        { name: t({ message: 'Lost', context: 'stage' }), emoji: '🍂', kind: 'lost' as const },
      ]
      for (const values of suggested) await client.lifecycle.create(values)
    },
    retry: false,
    onSettled: askLifecycleAgain,
    onError,
  })
  const idOf = (key: string | null) => (key === null ? null : Number(key))
  return {
    move: (key: string, before: string | null) => {
      const name = items.find((item) => item.key === key)?.stage.name ?? ''
      const back = { stageId: Number(key), before: idOf(followerOf(items, key)) }
      void act
        .mutateAsync({ stageId: Number(key), before: idOf(before) })
        .then(() => {
          const words = { done: t`“${name}” moved`, undo: t`Undo`, undoing: t`Undoing…` }
          offerUndo(words, () => act.mutateAsync(back))
        })
        .catch(() => undefined)
    },
    makeDefault: (stageId: number) => begin.mutate(stageId),
    suggest: () => suggest.mutate(),
    isSuggesting: suggest.isPending,
  }
}
