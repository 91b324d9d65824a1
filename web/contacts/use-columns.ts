import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Column, ColumnKey } from '#contract/contacts.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { useFieldName, useFields } from '../fields/shared.ts'
import { toastError } from '../ui/toast-store.ts'
import { planColumns, type PlannedColumn } from './plan-columns.ts'

export interface Columns {
  /** Shown ones in their order, then the others. */
  all: readonly PlannedColumn[]
  shown: readonly Column[]
  /** The member has arranged them. */
  isOwn: boolean
  nameOf: (key: ColumnKey) => string
  set: (items: readonly Column[] | null) => void
}

/** The columns of the table as the member has them; what they change shows at once. */
export function useColumns(): Columns {
  const { t, i18n } = useLingui()
  const { queryKey } = api.contacts.columns.queryOptions()
  const own = useQuery(api.contacts.columns.queryOptions({ staleTime: Infinity })).data?.items ?? null
  const fields = useFields() ?? []
  const fieldName = useFieldName()
  const keep = useMutation({
    scope: { id: 'columns' },
    mutationFn: (items: Column[] | null) => client.contacts.setColumns({ items }),
    onMutate: async (items) => {
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, { items })
    },
    onError: (error) => {
      toastError(explain(error, i18n))
      void queryClient.invalidateQueries({ queryKey })
    },
  })
  const customs = fields.flatMap(({ custom }) => (custom === null ? [] : [`#${custom.id}` as const]))
  const hasStages = fields.some(({ key }) => key === 'lifecycle')
  const all = planColumns(own, customs, hasStages)
  const names: Partial<Record<string, string>> = {
    name: t({ message: 'Name', context: 'of a contact' }),
    channels: t`Channels`,
    tags: t`Tags`,
    lastMessage: t`Last message`,
    added: t`Added`,
  }
  return {
    all,
    shown: all.filter(({ isShown }) => isShown).map(({ key, width }) => ({ key, width })),
    isOwn: own !== null,
    nameOf: (key) => names[key] ?? fieldName(key),
    set: (items) => keep.mutate(items === null ? null : items.map(({ key, width }) => ({ key, width }))),
  }
}
