import { Trans, useLingui } from '@lingui/react/macro'
import { Pencil, Trash2 } from 'lucide-react'
import type { HTMLAttributes } from 'react'
import type { FieldShown, PlacedField } from '#contract/fields.ts'
import { useCan } from '../api/me.ts'
import { iconOf, typeWords, useFieldName } from '../fields/shared.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import { ArrangedLine, type Step } from './arranged-line.tsx'
import css from './arranging.module.css'
import { ShownMenu } from './shown-menu.tsx'

/** A field at its place in the record, shown or not. */
export function FieldLine(props: {
  field: PlacedField
  order: number
  count: number
  isLifted: boolean
  handle: HTMLAttributes<HTMLButtonElement> | undefined
  reason: string | undefined
  onStep: (step: Step) => void
  onShow: (shown: FieldShown) => void
  onAct: (act: 'edit' | 'remove') => void
}) {
  const { t, i18n } = useLingui()
  const { field, onShow, onAct, ...place } = props
  const { reason } = place
  const name = useFieldName()(field.key)
  const mayDelete = useCan('fields.delete')
  const { custom } = field
  return (
    <ArrangedLine
      {...place}
      id={field.key}
      name={name}
      isQuiet={field.shown === 'never'}
      acts={
        custom !== null && (
          <>
            <MenuSeparator />
            <MenuItem id="edit" icon={Pencil} onAction={() => onAct('edit')} disabledReason={reason}>
              {t`Edit…`}
            </MenuItem>
            <MenuItem
              id="remove"
              icon={Trash2}
              danger
              onAction={() => onAct('remove')}
              disabledReason={mayDelete ? undefined : t`Only Owners delete fields.`}
            >
              {t`Delete…`}
            </MenuItem>
          </>
        )
      }
    >
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
      <ShownMenu name={name} shown={field.shown} reason={reason} onChange={onShow} />
    </ArrangedLine>
  )
}
