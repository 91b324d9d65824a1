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
      <Choices choices={props.choices} />
    </ToggleButtonGroup>
  )
}

/** Any of two to four kinds, at least one of them. */
export function SegmentedMany<K extends string>(props: {
  label: string
  choices: { id: K; name: string; count?: number | string | undefined }[]
  values: readonly K[]
  onChange: (values: K[]) => void
}) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="multiple"
      disallowEmptySelection
      selectedKeys={props.values}
      onSelectionChange={(keys) => props.onChange([...keys] as K[])}
      className={css.group ?? ''}
    >
      <Choices choices={props.choices} />
    </ToggleButtonGroup>
  )
}

function Choices(props: { choices: readonly { id: string; name: string; count?: number | string | undefined }[] }) {
  return props.choices.map((choice) => (
    <ToggleButton key={choice.id} id={choice.id} className={css.choice ?? ''}>
      {choice.name}
      {choice.count !== undefined && <span className={css.count}>{choice.count}</span>}
    </ToggleButton>
  ))
}
