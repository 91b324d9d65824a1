import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { FieldKey, FieldShown, PlacedField } from '#contract/fields.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useFieldName } from '../fields/shared.ts'
import { toastError } from '../ui/toast-store.ts'
import { offerUndo } from '../ui/undo.ts'
import { explainFields } from './explain-fields.ts'
import { followerOf, moveItem } from '../ui/move-item.ts'

interface Wish {
  readonly key: FieldKey
  readonly before?: FieldKey | null
  readonly shown?: FieldShown
}

/** Arranges the fields of the record, at once for whoever looks; each change can be undone. */
export function useArranging(items: readonly PlacedField[]) {
  const { t, i18n } = useLingui()
  const nameOf = useFieldName()
  const { queryKey } = api.fields.list.queryOptions()
  const act = useMutation({
    scope: { id: 'arranging fields' },
    mutationFn: (wish: Wish) => client.fields.place(wish),
    onMutate: async (wish) => {
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, (known) => known && { items: arranged(known.items, wish) })
    },
    onSuccess: (fresh) => queryClient.setQueryData(queryKey, fresh),
    onError: (error) => {
      toastError(explainFields(error, i18n))
      void queryClient.invalidateQueries({ queryKey })
    },
  })
  const change = (wish: Wish, back: Wish, done: string) =>
    void act
      .mutateAsync(wish)
      .then(() => offerUndo({ done, undo: t`Undo`, undoing: t`Undoing…` }, () => act.mutateAsync(back)))
      .catch(() => undefined)
  return {
    move: (key: FieldKey, before: FieldKey | null) => {
      const name = nameOf(key)
      change({ key, before }, { key, before: followerOf(items, key) }, t`“${name}” moved`)
    },
    show: (key: FieldKey, shown: FieldShown) => {
      const was = items.find((field) => field.key === key)?.shown ?? 'always'
      const name = nameOf(key)
      if (shown !== was) change({ key, shown }, { key, shown: was }, t`“${name}” changed`)
    },
  }
}

function arranged(items: readonly PlacedField[], { key, before, shown }: Wish): PlacedField[] {
  const rest = items.filter((field) => field.key !== key)
  const at = before === null ? rest.length : rest.findIndex((field) => field.key === before)
  const moved = before === undefined ? items : moveItem<FieldKey, PlacedField>(items, key, at)
  return moved.map((field) => (field.key === key ? { ...field, shown: shown ?? field.shown } : field))
}
