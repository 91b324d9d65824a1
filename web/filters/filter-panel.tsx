import { useEffect, useState } from 'react'
import type { Filter } from '#contract/filter.ts'
import { ConditionGroup, firstCondition } from './condition-group.tsx'
import { countConditions, itemsOf, readyPart } from './filter-text.ts'
import css from './filters.module.css'
import { useFilterFields } from './use-filter-fields.ts'

/** Conditions being written; the list follows a moment later, with those that have their value. */
export default function FilterPanel({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const fields = useFilterFields()
  const [draft, setDraft] = useState<Filter>(() => (itemsOf(filter).length === 0 ? { and: [firstCondition] } : filter))
  const ready = JSON.stringify(readyPart(draft))
  const [told, setTold] = useState(() => JSON.stringify(filter))
  useEffect(() => {
    if (ready === told) return undefined
    const timer = setTimeout(() => {
      setTold(ready)
      onChange(JSON.parse(ready) as Filter)
    }, 250)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- `onChange` is made anew with each rendering
  }, [ready, told])
  return (
    <div className={css.panel}>
      <ConditionGroup group={draft} fields={fields} depth={1} total={countConditions(draft)} onChange={setDraft} />
    </div>
  )
}
