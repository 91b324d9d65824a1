import { useLingui } from '@lingui/react/macro'
import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import css from './search-field.module.css'

/** A box to search in. Esc and the x clear it. */
export function SearchField(props: {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  keys?: string
  autoFocus?: boolean
  className?: string
  inputRef?: Ref<HTMLInputElement>
}) {
  const { t } = useLingui()
  return (
    <AriaSearchField
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      autoFocus={props.autoFocus ?? false}
      className={classes(css.search, props.className)}
    >
      <Icon of={Search} size={14} />
      <Input ref={props.inputRef ?? null} className={css.input ?? ''} placeholder={props.placeholder ?? props.label} />
      {props.keys && !props.value && <Kbd keys={props.keys} />}
      <Button className={css.clear ?? ''} aria-label={t`Clear search`}>
        <Icon of={X} size={14} />
      </Button>
    </AriaSearchField>
  )
}
