import { useLingui } from '@lingui/react/macro'
import { ChevronDown } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button, ComboBox as AriaComboBox, Input, ListBox, Popover, type Key } from 'react-aria-components'
import { classes } from './classes.ts'
import fieldCss from './field.module.css'
import { FieldFoot, FieldLabel, type FieldParts } from './field.tsx'
import iconButtonCss from './icon-button.module.css'
import { Icon } from './icon.tsx'
import listCss from './list-box.module.css'
import { ChoiceItem, type Choice } from './select.tsx'

/** One of a long list, found by typing. `onInput` lets the caller search elsewhere; then pass the found `choices`. */
export function ComboBox<K extends Key>(
  props: FieldParts & {
    choices: Choice<K>[]
    value: K | null
    onChange: (value: K | null) => void
    onInput?: (text: string) => void
    /** Opens the list as soon as the field has the focus. */
    opensOnFocus?: boolean
    placeholder?: string
    size?: 'md' | 'lg'
    nothingFound?: ReactNode
    isDisabled?: boolean
    isRequired?: boolean
    autoFocus?: boolean
    name?: string
    className?: string
    inputRef?: Ref<HTMLInputElement>
    'aria-label'?: string
  },
) {
  const { t } = useLingui()
  const { label, hint, error, choices, value, onChange, onInput, opensOnFocus, placeholder, size = 'md' } = props
  const { nothingFound, className, inputRef, ...rest } = props
  // With onInput the caller has filtered already; without it we filter by what is typed.
  const list = onInput ? { items: choices, onInputChange: onInput } : { defaultItems: choices }
  return (
    <AriaComboBox
      {...pickField(rest)}
      {...list}
      value={value}
      onChange={(key) => onChange(key as K | null)}
      menuTrigger={opensOnFocus ? 'focus' : 'input'}
      allowsEmptyCollection
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={classes(fieldCss.field, className)}
    >
      <FieldLabel>{label}</FieldLabel>
      <span className={fieldCss.with}>
        <Input
          ref={inputRef ?? null}
          placeholder={placeholder}
          className={classes(fieldCss.control, size === 'lg' && fieldCss.lg)}
        />
        <span className={fieldCss.after}>
          <Button className={classes(iconButtonCss.button, iconButtonCss.sm)}>
            <Icon of={ChevronDown} />
          </Button>
        </span>
      </span>
      <FieldFoot hint={hint} error={error} />
      <Popover className={listCss.popover ?? ''} offset={4}>
        <ListBox
          className={listCss.list ?? ''}
          renderEmptyState={() => <div className={listCss.nothing}>{nothingFound ?? t`Nothing found`}</div>}
        >
          {(choice: Choice<K>) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}

function pickField(props: {
  isDisabled?: boolean
  isRequired?: boolean
  autoFocus?: boolean
  name?: string
  'aria-label'?: string
}) {
  const { isDisabled, isRequired, autoFocus, name, 'aria-label': ariaLabel } = props
  return {
    ...(isDisabled === undefined ? {} : { isDisabled }),
    ...(isRequired === undefined ? {} : { isRequired }),
    ...(autoFocus === undefined ? {} : { autoFocus }),
    ...(name === undefined ? {} : { name }),
    ...(ariaLabel === undefined ? {} : { 'aria-label': ariaLabel }),
  }
}
