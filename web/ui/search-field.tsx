import { useLingui } from '@lingui/react/macro'
import { Search, X } from 'lucide-react'
import { useRef, type Ref } from 'react'
import { Button } from 'react-aria-components'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import css from './search-field.module.css'

/** A box to search in. Esc and the x clear it. A plain input: what forms need of a field stays out of the first view. */
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
  const { value, onChange, inputRef } = props
  const { t } = useLingui()
  const own = useRef<HTMLInputElement>(null)
  const clear = () => {
    onChange('')
    own.current?.focus()
  }
  return (
    <div className={classes(css.search, props.className)} data-empty={value === '' || undefined}>
      <Icon of={Search} size={14} />
      <input
        ref={(input) => {
          own.current = input
          pass(inputRef, input)
        }}
        type="search"
        className={css.input ?? ''}
        aria-label={props.label}
        placeholder={props.placeholder ?? props.label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing || value === '') return
          // one Esc, one thing: the list around it stays as it is
          event.stopPropagation()
          event.preventDefault()
          onChange('')
        }}
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={props.autoFocus ?? false}
      />
      {props.keys && !value && <Kbd keys={props.keys} />}
      <Button className={css.clear ?? ''} aria-label={t`Clear search`} excludeFromTabOrder onPress={clear}>
        <Icon of={X} size={14} />
      </Button>
    </div>
  )
}

function pass(ref: Ref<HTMLInputElement> | undefined, input: HTMLInputElement | null): void {
  if (typeof ref === 'function') ref(input)
  else if (ref) ref.current = input
}
