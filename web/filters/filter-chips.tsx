import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { Filter } from '#contract/filter.ts'
import { useFormats } from '../i18n/formats.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { nodeWords } from './condition-words.ts'
import { itemsOf, withItems } from './filter-text.ts'
import css from './filters.module.css'
import { useFilterFields } from './use-filter-fields.ts'

/** What the list is narrowed by, each part with a way to drop it. */
export default function FilterChips({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t, i18n } = useLingui()
  const { list } = useFormats()
  const fields = useFilterFields()
  const items = itemsOf(filter)
  return (
    <ul className={css.chips} aria-label={t`Conditions`}>
      {items.map((item, at) => {
        const words = nodeWords(item, fields, i18n, list)
        return (
          // oxlint-disable-next-line react/no-array-index-key -- conditions have no other name than their place
          <li key={at} className={css.chip}>
            <span className="trunc">{words}</span>
            <IconButton
              icon={X}
              size="sm"
              label={t`Remove: ${words}`}
              onPress={() => onChange(withItems(filter, items.toSpliced(at, 1)))}
            />
          </li>
        )
      })}
    </ul>
  )
}
