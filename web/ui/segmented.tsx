import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import css from './segmented.module.css'

/** One of two to four views, side by side, each with an optional count. */
export function Segmented<K extends string>(props: {
  label: string
  choices: { id: K; name: string; count?: number | string | undefined }[]
  value: K
  onChange: (value: K) => void
}) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={(keys) => {
        for (const key of keys) props.onChange(key as K)
      }}
      className={css.group ?? ''}
    >
      {props.choices.map((choice) => (
        <ToggleButton key={choice.id} id={choice.id} className={css.choice ?? ''}>
          {choice.name}
          {choice.count !== undefined && <span className={css.count}>{choice.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
