import { useLingui } from '@lingui/react/macro'
import { useRef, useState, type ReactNode } from 'react'
import { useFocusWithin } from 'react-aria/useFocusWithin'
import { useKeyboard } from 'react-aria/useKeyboard'
import { Button } from 'react-aria-components'
import { classes } from '../ui/classes.ts'
import { ComboBox } from '../ui/combo-box.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import type { LucideIcon } from '../ui/icon.tsx'
import type { Choice } from '../ui/select.tsx'
import css from './contact-drawer.module.css'

/** A field whose value is one of a list: click or Enter opens the list where it stands, Esc leaves it as it was. */
export function PickRow<K extends string | number>(props: {
  icon: LucideIcon
  label: string
  value: K | null
  shown: ReactNode
  emptyText: string
  choices: readonly Choice<K>[]
  actions?: ReactNode
  error: ReactNode
  /** The list is wanted now: time to fetch what is in it. */
  onOpen?: () => void
  onPick: (value: K) => void
}) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    requestAnimationFrame(() => trigger.current?.focus())
  }
  const { keyboardProps } = useKeyboard({
    onKeyDown: (event) => {
      if (event.key === 'Escape') close()
      else event.continuePropagation()
    },
  })
  const { focusWithinProps } = useFocusWithin({
    onBlurWithin: ({ relatedTarget }) => {
      if (relatedTarget !== null) setOpen(false)
    },
  })
  return (
    <FieldRow
      icon={props.icon}
      label={props.label}
      watch={props.value === null ? null : String(props.value)}
      actions={props.actions}
    >
      {isOpen ? (
        <div className={css.picking} {...keyboardProps} {...focusWithinProps}>
          <ComboBox
            aria-label={props.label}
            choices={[...props.choices]}
            value={props.value}
            autoFocus
            opensOnFocus
            placeholder={t`Search`}
            onChange={(picked) => {
              if (picked !== null && picked !== props.value) props.onPick(picked)
              close()
            }}
          />
        </div>
      ) : (
        <span className={css.cell}>
          <Button
            ref={trigger}
            data-inline-edit=""
            className={classes(css.pick, props.value === null && css.pickEmpty)}
            onPress={() => {
              props.onOpen?.()
              setOpen(true)
            }}
          >
            <span className="visually-hidden">{props.label}: </span>
            <span className={classes('trunc', css.picked)}>{props.value === null ? props.emptyText : props.shown}</span>
          </Button>
          {props.error !== null && (
            <span className={css.wrong} role="alert">
              {props.error}
            </span>
          )}
        </span>
      )}
    </FieldRow>
  )
}
