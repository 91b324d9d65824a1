import { Trans, useLingui } from '@lingui/react/macro'
import { Filter as FilterIcon } from 'lucide-react'
import { useState } from 'react'
import type { Filter } from '#contract/filter.ts'
import { FilterEditor, itemsOf } from '../filters/shared.ts'
import { Button } from '../ui/button.tsx'
import css from './workflow.module.css'

/** Conditions on the contact, written as in the list of contacts; offered by a button as long as there are none. */
export function ConditionsField(props: {
  label: string
  filter: Filter
  /** Where none are asked for, everyone is meant. */
  isOptional?: boolean
  error: string | undefined
  onChange: (filter: Filter) => void
}) {
  const { t } = useLingui()
  const { filter, onChange, isOptional = false, error } = props
  const [isOpen, setOpen] = useState(!isOptional || itemsOf(filter).length > 0)
  return (
    <div role="group" aria-label={props.label} className={css.part}>
      <p className={css.label}>{props.label}</p>
      {isOpen ? (
        <div className={css.conditions}>
          <FilterEditor filter={filter} onChange={onChange} />
        </div>
      ) : (
        <Button size="sm" icon={FilterIcon} onPress={() => setOpen(true)}>
          <Trans>Only some contacts…</Trans>
        </Button>
      )}
      {isOpen && isOptional && error === undefined && itemsOf(filter).length === 0 && (
        <p className={css.hint}>{t`As long as there is no condition, every contact is meant.`}</p>
      )}
      {error !== undefined && <p className={css.wrong}>{error}</p>}
    </div>
  )
}
