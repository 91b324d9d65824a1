import { useLingui } from '@lingui/react/macro'
import { Info } from 'lucide-react'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Popover, PopoverTrigger } from '../ui/popover.tsx'
import css from './contact-drawer.module.css'

type Value = ContactDetails['fields'][StandardField]

/** Where a value came from, by whom and since when, behind a quiet button. */
export function Provenance({ value, label }: { value: Value; label: string }) {
  const { t } = useLingui()
  const { dateTime } = useFormats()
  const who = value.by
  const words = {
    channel: who === null ? t`From the channel` : t`From the channel ${who}`,
    person: who === null ? t`Entered by hand` : t`Entered by ${who}`,
    import: t`From an import`,
    merge: t`From a merge`,
    api: who === null ? t`By the API` : t`By the API, in the name of ${who}`,
    derived: t`Worked out from the phone`,
    sample: t`Sample data`,
  }
  return (
    <PopoverTrigger>
      <IconButton size="sm" icon={Info} label={t`Where ${label} comes from`} />
      <Popover label={t`Where ${label} comes from`} placement="bottom end">
        <div className={css.provenance}>
          <strong>{words[value.source]}</strong>
          <span className="num">{dateTime(value.at)}</span>
        </div>
      </Popover>
    </PopoverTrigger>
  )
}
