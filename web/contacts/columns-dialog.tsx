import { Trans, useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import type { ColumnKey } from '#contract/contacts.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { classes } from '../ui/classes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DragHandle } from '../ui/drag-handle.tsx'
import { moveItem } from '../ui/move-item.ts'
import { useLifting } from '../ui/use-lifting.ts'
import css from './columns-dialog.module.css'
import type { PlannedColumn } from './plan-columns.ts'
import type { Columns } from './use-columns.ts'

/** Which columns the table has and in which order: by box, by handle, by keys. Each change shows at once, to this member alone. */
export default function ColumnsDialog({ columns, onClose }: { columns: Columns; onClose: () => void }) {
  const { t } = useLingui()
  const list = useRef<HTMLUListElement>(null)
  const { all, nameOf } = columns
  const keep = (items: readonly PlannedColumn[]) => columns.set(items.filter(({ isShown }) => isShown))
  const { shown, lifted, handleProps } = useLifting<ColumnKey, PlannedColumn>(all, list, (key, before) => {
    const at =
      before === null ? all.length : all.filter((one) => one.key !== key).findIndex((one) => one.key === before)
    // whatever is put among the columns is one of them
    const put = all.map((one) => (one.key === key ? { ...one, isShown: true } : one))
    keep(moveItem(put, key, at))
  })
  const place = (key: ColumnKey) => shown.findIndex((one) => one.key === key)
  const spoken = lifted === null ? '' : `${nameOf(lifted)}: ${place(lifted) + 1} / ${shown.length}`
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Columns</Trans>}
      actions={
        <>
          <Button
            size="lg"
            look="ghost"
            onPress={() => columns.set(null)}
            disabledReason={columns.isOwn ? undefined : t`These are the usual columns.`}
          >
            <Trans>Back to the usual ones</Trans>
          </Button>
          <Button size="lg" look="primary" onPress={onClose}>
            <Trans>Done</Trans>
          </Button>
        </>
      }
    >
      <p className={css.lead} id="column-keys">
        <Trans>
          Only you see them like this. Move one by its handle: Space picks it up, arrows move it, Space drops it.
        </Trans>
      </p>
      <ul ref={list} className={css.list}>
        {all.map(({ key, isShown }) => {
          const name = nameOf(key)
          return (
            <li
              key={key}
              data-key={key}
              style={{ order: place(key) }}
              className={classes(css.slot, lifted === key && css.lifted)}
            >
              <div className={css.line}>
                <DragHandle aria-label={t`Move ${name}`} aria-describedby="column-keys" {...handleProps(key)} />
                <Checkbox
                  isSelected={isShown}
                  isDisabled={key === 'name'}
                  onChange={(wanted) => keep(all.map((one) => (one.key === key ? { ...one, isShown: wanted } : one)))}
                >
                  <bdi>{name}</bdi>
                </Checkbox>
              </div>
            </li>
          )
        })}
      </ul>
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
    </Dialog>
  )
}
