import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Ellipsis, Pencil, Save, Trash2 } from 'lucide-react'
import { lazy, useState } from 'react'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useCan } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import css from './segments.module.css'
import type { Narrowed, NarrowedAddress } from './use-narrowing.ts'

const NameDialog = lazy(() => import('./name-dialog.tsx'))

/** Keeps a filter as a segment, and looks after the segment that is open. */
export function SegmentActs({ narrowed, address }: { narrowed: Narrowed; address: NarrowedAddress }) {
  const { t, i18n } = useLingui()
  const { segment, isEdited, filter } = narrowed
  const [asked, setAsked] = useState<'save' | 'rename' | 'remove' | null>(null)
  const create = useMutation(api.segments.create.mutationOptions())
  const edit = useMutation(api.segments.edit.mutationOptions())
  const remove = useMutation(api.segments.remove.mutationOptions())
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.segments.list.key() })
  if (!useCan('segments.manage') || !narrowed.isNarrowed) return null

  const saveNew = async (name: string) => {
    const made = await create.mutateAsync({ name, filter })
    await refresh()
    address.change({ segment: String(made.id), filter: undefined })
  }
  const update = () => {
    if (segment === null) return
    edit
      .mutateAsync({ segmentId: segment.id, filter })
      .then(refresh)
      .then(() => {
        address.change({ filter: undefined })
        toast(t`Segment updated`, { tone: 'ok' })
      })
      .catch((reason: unknown) => toastError(explain(reason, i18n)))
  }
  const drop = () => {
    if (segment === null) return
    remove
      .mutateAsync({ segmentId: segment.id })
      .then(() => address.change({ segment: undefined, filter: undefined }))
      .then(refresh)
      .catch((reason: unknown) => toastError(explain(reason, i18n)))
      .finally(() => setAsked(null))
  }
  const name = segment?.name ?? ''
  return (
    <div className={css.acts}>
      {isEdited && (
        <Button size="sm" onPress={update} isPending={edit.isPending}>
          <Trans>Update segment</Trans>
        </Button>
      )}
      {(segment === null || isEdited) && (
        <Button look="ghost" size="sm" icon={Save} onPress={() => setAsked('save')}>
          <Trans>Save as segment</Trans>
        </Button>
      )}
      {segment !== null && (
        <Menu label={t`Segment`} trigger={<IconButton icon={Ellipsis} size="sm" label={t`More for this segment`} />}>
          <MenuItem icon={Pencil} onAction={() => setAsked('rename')}>
            {t`Rename`}
          </MenuItem>
          <MenuItem icon={Trash2} danger onAction={() => setAsked('remove')}>
            {t`Delete segment`}
          </MenuItem>
        </Menu>
      )}
      <LazyDialog onClose={() => setAsked(null)}>
        {asked === 'save' && (
          <NameDialog title={t`Save as segment`} name="" save={saveNew} onClose={() => setAsked(null)} />
        )}
        {asked === 'rename' && segment !== null && (
          <NameDialog
            title={t`Rename segment`}
            name={name}
            save={(next) => edit.mutateAsync({ segmentId: segment.id, name: next }).then(refresh)}
            onClose={() => setAsked(null)}
          />
        )}
      </LazyDialog>
      {asked === 'remove' && (
        <AlertDialog
          isOpen
          title={t`Delete the segment “${name}”?`}
          confirm={t`Delete segment`}
          danger
          onConfirm={drop}
          onClose={() => setAsked(null)}
        >
          <Trans>The contacts in it stay as they are.</Trans>
        </AlertDialog>
      )}
    </div>
  )
}
