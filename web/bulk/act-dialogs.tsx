import { lazy } from 'react'
import type { Selection } from '#contract/filter.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { DeleteContacts } from './delete-contacts.tsx'

const TagDialog = lazy(() => import('./tag-dialog.tsx'))
const EditDialog = lazy(() => import('./edit-dialog.tsx'))
const AssignDialog = lazy(() => import('./assign-dialog.tsx'))

export type SelectionAct = 'tag' | 'assign' | 'edit' | 'delete'

/** Asks what an act on the selected contacts needs to know; each asking is loaded when it comes to that. */
export function SelectionActs(props: {
  act: SelectionAct | null
  selection: Selection
  onClose: () => void
  onStarted: () => void
}) {
  const { act, ...rest } = props
  if (act === 'delete') return <DeleteContacts {...rest} />
  return (
    <LazyDialog onClose={props.onClose}>
      {act === 'tag' && <TagDialog {...rest} />}
      {act === 'edit' && <EditDialog {...rest} />}
      {act === 'assign' && <AssignDialog {...rest} />}
    </LazyDialog>
  )
}
