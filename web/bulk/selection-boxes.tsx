import { useLingui } from '@lingui/react/macro'
import { Checkbox, type CheckboxProps } from '../ui/checkbox.tsx'
import type { ListSelection } from './use-selection.ts'

/** Selects everybody who has been shown so far, or nobody. */
export function PageBox(props: { ids: readonly number[]; chosen: ListSelection; className: string }) {
  const { t } = useLingui()
  const { ids, chosen } = props
  const all = ids.every(chosen.has)
  return (
    <Checkbox
      aria-label={t`Select the whole page`}
      isSelected={all}
      isIndeterminate={!all && ids.some(chosen.has)}
      onChange={() => (chosen.kind === 'ids' ? chosen.togglePage(ids) : chosen.clear())}
      className={props.className}
    />
  )
}

/** Selects one contact. */
export function RowBox({ name, ...rest }: Omit<CheckboxProps, 'children'> & { name: string }) {
  const { t } = useLingui()
  return <Checkbox {...rest} aria-label={t`Select ${name}`} />
}
