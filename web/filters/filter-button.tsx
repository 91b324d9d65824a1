import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ListFilter } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Filter } from '#contract/filter.ts'
import { Button } from '../ui/button.tsx'
import { Popover, PopoverTrigger } from '../ui/popover.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { countConditions } from './filter-text.ts'
import css from './filters.module.css'

const FilterPanel = lazy(() => import('./filter-panel.tsx'))

/** Opens the conditions; says how many there are. */
export function FilterButton({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const count = countConditions(filter)
  return (
    <PopoverTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button icon={ListFilter} look={count > 0 ? 'soft' : 'secondary'}>
        <span>
          {count === 0 ? <Trans>Filter</Trans> : <Plural value={count} one="# condition" other="# conditions" />}
        </span>
      </Button>
      <Popover label={t`Filter`} placement="bottom start" className={css.popover ?? ''}>
        <Suspense fallback={<Spinner />}>
          <FilterPanel filter={filter} onChange={onChange} />
        </Suspense>
      </Popover>
    </PopoverTrigger>
  )
}
