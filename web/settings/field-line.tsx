import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  GripVertical,
  MoreHorizontal,
  Pencil,
  Trash2,
} from 'lucide-react'
import type { HTMLAttributes } from 'react'
import type { FieldShown, PlacedField } from '#contract/fields.ts'
import { useCan } from '../api/me.ts'
import { iconOf, typeWords, useFieldName } from '../fields/shared.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import css from './fields.module.css'
import { ShownMenu } from './shown-menu.tsx'

export type Step = 'up' | 'down' | 'first' | 'last'

/** A field at its place: moved by its handle or its menu, shown or not. */
export function FieldLine(props: {
  field: PlacedField
  /** In the list as it is shown. */
  order: number
  count: number
  isLifted: boolean
  /** Undefined where the list is not whole: a place among some says nothing. */
  handle: HTMLAttributes<HTMLButtonElement> | undefined
  reason: string | undefined
  onStep: (step: Step) => void
  onShow: (shown: FieldShown) => void
  onAct: (act: 'edit' | 'remove') => void
}) {
  const { t, i18n } = useLingui()
  const { field, order, count, isLifted, handle, reason, onStep } = props
  const name = useFieldName()(field.key)
  const mayDelete = useCan('fields.delete')
  const { custom } = field
  const [atTop, atEnd] = [
    order === 0 ? t`It is the first.` : undefined,
    order === count - 1 ? t`It is the last.` : undefined,
  ]
  return (
    <li
      data-key={field.key}
      style={{ order }}
      className={classes(css.slot, order === 0 && css.first, isLifted && css.lifted)}
    >
      <div className={classes(css.line, field.shown === 'never' && css.hidden)}>
        {handle !== undefined && (
          <button
            type="button"
            className={css.handle}
            aria-label={t`Move ${name}`}
            aria-describedby="arrange-keys"
            {...handle}
          >
            <Icon of={GripVertical} />
          </button>
        )}
        <Icon of={iconOf(field)} size={14} className={css.icon} />
        <div className={css.words}>
          <p className={css.name}>
            <bdi>{name}</bdi>
            {custom !== null && (
              <Pill>
                <Trans context="field">Custom</Trans>
              </Pill>
            )}
          </p>
          {custom !== null && custom.description !== '' && <p className={css.note}>{custom.description}</p>}
        </div>
        {custom !== null && <span className={css.type}>{typeWords(custom.type, i18n)}</span>}
        <ShownMenu name={name} shown={field.shown} reason={reason} onChange={props.onShow} />
        <Menu
          label={t`Actions for ${name}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${name}`} tooltip="none" />}
        >
          <MenuItem id="up" icon={ArrowUp} onAction={() => onStep('up')} disabledReason={reason ?? atTop}>
            {t`Move up`}
          </MenuItem>
          <MenuItem id="down" icon={ArrowDown} onAction={() => onStep('down')} disabledReason={reason ?? atEnd}>
            {t`Move down`}
          </MenuItem>
          <MenuItem id="first" icon={ArrowUpToLine} onAction={() => onStep('first')} disabledReason={reason ?? atTop}>
            {t`Move to the top`}
          </MenuItem>
          <MenuItem id="last" icon={ArrowDownToLine} onAction={() => onStep('last')} disabledReason={reason ?? atEnd}>
            {t`Move to the end`}
          </MenuItem>
          {custom !== null && (
            <>
              <MenuSeparator />
              <MenuItem id="edit" icon={Pencil} onAction={() => props.onAct('edit')} disabledReason={reason}>
                {t`Edit…`}
              </MenuItem>
              <MenuItem
                id="remove"
                icon={Trash2}
                danger
                onAction={() => props.onAct('remove')}
                disabledReason={mayDelete ? undefined : t`Only Owners delete fields.`}
              >
                {t`Delete…`}
              </MenuItem>
            </>
          )}
        </Menu>
      </div>
    </li>
  )
}
