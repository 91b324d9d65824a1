import { useLingui } from '@lingui/react/macro'
import { Info } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'
import type { FieldKey } from '#contract/fields.ts'
import { useFormats } from '../i18n/formats.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Popover, PopoverTrigger } from '../ui/popover.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './contact-drawer.module.css'
import { sourceWords } from './source-words.ts'

const ValueHistory = lazy(() => import('./value-history.tsx'))

type Value = Pick<ContactDetails['fields'][StandardField], 'source' | 'by' | 'at'> & { value?: unknown }

/** There is something to tell: it holds a value, or somebody has taken away the one it held. */
export const isTold = ({ createdAt }: ContactDetails, { value, at }: Value): boolean =>
  value !== null || at !== createdAt

/**
 * Where a value came from, by whom and since when, behind a quiet button; with `of`, what stood in that field before too, which
 * is loaded when somebody asks.
 */
export function Provenance(props: { value: Value; label: string; of?: { contactId: number; field: FieldKey } }) {
  const { t, i18n } = useLingui()
  const { dateTime } = useFormats()
  const { value, label, of } = props
  return (
    <PopoverTrigger>
      <IconButton size="sm" icon={Info} label={t`Where ${label} comes from`} />
      <Popover label={t`Where ${label} comes from`} placement="bottom end">
        <div className={css.provenance}>
          <strong>{value.value === null ? t`Empty since` : sourceWords(value, i18n)}</strong>
          <span className="num">{dateTime(value.at)}</span>
          {of !== undefined && (
            <Suspense fallback={<Spinner />}>
              <ValueHistory {...of} />
            </Suspense>
          )}
        </div>
      </Popover>
    </PopoverTrigger>
  )
}
