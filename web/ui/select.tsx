import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  type Key,
} from 'react-aria-components'
import { classes } from './classes.ts'
import fieldCss from './field.module.css'
import { FieldFoot, FieldLabel, type FieldParts } from './field.tsx'
import { Icon } from './icon.tsx'
import listCss from './list-box.module.css'
import css from './select.module.css'

export interface Choice<K extends Key = Key> {
  id: K
  /** Plain words, for typing ahead and for screen readers. */
  name: string
  /** Shown before the name: an avatar, a flag, a glyph. */
  before?: ReactNode
  /** A second, quiet line. */
  note?: string
}

/** One of a short list. For long lists, use `ComboBox`. */
export function Select<K extends Key>(
  props: FieldParts & {
    choices: Choice<K>[]
    value: K | null
    onChange: (value: K) => void
    placeholder?: string
    size?: 'md' | 'lg'
    isDisabled?: boolean
    isRequired?: boolean
    name?: string
    className?: string
    'aria-label'?: string
  },
) {
  const { label, hint, error, choices, value, onChange, placeholder, size = 'md', className, ...rest } = props
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(key) => key !== null && onChange(key as K)}
      {...(placeholder ? { placeholder } : {})}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={classes(fieldCss.field, className)}
    >
      <FieldLabel>{label}</FieldLabel>
      <Button className={classes(fieldCss.control, css.button, size === 'lg' && fieldCss.lg)}>
        <SelectValue className={css.value ?? ''} />
        <Icon of={ChevronDown} />
      </Button>
      <FieldFoot hint={hint} error={error} />
      <Popover className={listCss.popover ?? ''} offset={4}>
        <ListBox items={choices} className={listCss.list ?? ''}>
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

/** An option of a `Select` or `ComboBox`. */
export function ChoiceItem({ choice }: { choice: Choice }) {
  return (
    <ListBoxItem id={choice.id} textValue={choice.name} className={listCss.item ?? ''}>
      {choice.before}
      <span className={listCss.words}>
        {choice.name}
        {choice.note && <small className={listCss.note}>{choice.note}</small>}
      </span>
      <Icon of={Check} className={listCss.check} />
    </ListBoxItem>
  )
}
