import { useLingui } from '@lingui/react/macro'
import { Info } from 'lucide-react'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Popover, PopoverTrigger } from '../ui/popover.tsx'
import css from './contact-drawer.module.css'
import { sourceWords } from './source-words.ts'

type Value = Pick<ContactDetails['fields'][StandardField], 'source' | 'by' | 'at'>

/** Where a value came from, by whom and since when, behind a quiet button. */
export function Provenance({ value, label }: { value: Value; label: string }) {
  const { t, i18n } = useLingui()
  const { dateTime } = useFormats()
  return (
    <PopoverTrigger>
      <IconButton size="sm" icon={Info} label={t`Where ${label} comes from`} />
      <Popover label={t`Where ${label} comes from`} placement="bottom end">
        <div className={css.provenance}>
          <strong>{sourceWords(value, i18n)}</strong>
          <span className="num">{dateTime(value.at)}</span>
        </div>
      </Popover>
    </PopoverTrigger>
  )
}
