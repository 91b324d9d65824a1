import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { CustomField, FieldKey, PlacedField } from '#contract/fields.ts'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFieldName } from '../fields/shared.ts'
import { Button } from '../ui/button.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { ArrangingKeys } from './arranging-keys.tsx'
import { FieldDialog } from './field-dialog.tsx'
import { FieldLine } from './field-line.tsx'
import { FieldPreview } from './field-preview.tsx'
import css from './arranging.module.css'
import { ListSkeleton } from './list-skeleton.tsx'
import { beforeAfter } from '../ui/move-item.ts'
import { PageHead } from './page-head.tsx'
import { RemoveFieldDialog } from './remove-field-dialog.tsx'
import settingsCss from './settings.module.css'
import { useArranging } from './use-arranging.ts'
import { useLifting } from '../ui/use-lifting.ts'

type Open = { act: 'make' } | { act: 'edit' | 'remove'; field: CustomField }

/** The fields of the record: their order, when each is shown, and the workspace's own. */
export default function FieldsScreen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(api.fields.list.queryOptions())
  const [open, setOpen] = useState<Open | null>(null)
  const mayEdit = useCan('settings.fields')
  const reason = mayEdit ? undefined : t`Your role does not change these settings.`
  const close = () => setOpen(null)
  return (
    <div data-wide="">
      <PageHead
        title={t`Contact fields`}
        lead={<Trans>Put the fields your team reads first at the top. The order is the same for everyone.</Trans>}
        action={
          <Button look="primary" icon={Plus} onPress={() => setOpen({ act: 'make' })} disabledReason={reason}>
            {t`New field…`}
          </Button>
        }
      />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <ListSkeleton />
      ) : (
        <Arrangement items={data.items} reason={reason} onOpen={setOpen} />
      )}
      {open?.act === 'make' && <FieldDialog field={null} onClose={close} />}
      {open?.act === 'edit' && <FieldDialog field={open.field} onClose={close} />}
      {open?.act === 'remove' && <RemoveFieldDialog field={open.field} onClose={close} />}
    </div>
  )
}

function Arrangement(props: {
  items: readonly PlacedField[]
  reason: string | undefined
  onOpen: (open: Open) => void
}) {
  const { t } = useLingui()
  const { items, reason, onOpen } = props
  const nameOf = useFieldName()
  const [query, setQuery] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const { move, show } = useArranging(items)
  const { shown, lifted, handleProps } = useLifting<FieldKey, PlacedField>(items, list, move)
  const wanted = query.trim().toLowerCase()
  const found = items.filter(({ key, custom }) => `${nameOf(key)} ${custom?.slug ?? ''}`.toLowerCase().includes(wanted))
  const place = (key: FieldKey) => shown.findIndex((field) => field.key === key)
  const spoken = lifted === null ? '' : `${nameOf(lifted)}: ${place(lifted) + 1} / ${shown.length}`
  return (
    <div className={css.arrangement}>
      <div>
        <SearchField label={t`Search fields`} value={query} onChange={setQuery} />
        {found.length === 0 ? (
          <p className={settingsCss.quiet} role="status">{t`Nothing for “${query}”`}</p>
        ) : (
          <ul ref={list} className={css.list} aria-label={t`Fields`}>
            {found.map((field) => (
              <FieldLine
                key={field.key}
                field={field}
                order={place(field.key)}
                count={shown.length}
                isLifted={lifted === field.key}
                handle={wanted === '' && reason === undefined ? handleProps(field.key) : undefined}
                reason={reason}
                onStep={(step) => move(field.key, beforeAfter(items, field.key, step))}
                onShow={(when) => show(field.key, when)}
                onAct={(act) => field.custom !== null && onOpen({ act, field: field.custom })}
              />
            ))}
          </ul>
        )}
        <ArrangingKeys spoken={spoken} />
      </div>
      <FieldPreview fields={shown} lifted={lifted} />
    </div>
  )
}
