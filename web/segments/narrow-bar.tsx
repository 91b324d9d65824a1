import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { FilterButton, FilterChips } from '../filters/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { SegmentActs } from './segment-acts.tsx'
import css from './segments.module.css'
import type { Narrowed, NarrowedAddress } from './use-narrowing.ts'

/** What the list is narrowed by, how many that leaves, and what can be done with it. */
export function NarrowBar({ narrowed, address, q }: { narrowed: Narrowed; address: NarrowedAddress; q: string }) {
  const { number } = useFormats()
  const { filter, isNarrowed, setFilter } = narrowed
  const { data } = useQuery(
    api.contacts.count.queryOptions({
      input: { filter, ...(q === '' ? {} : { q }) },
      enabled: !narrowed.isPending,
      placeholderData: (previous) => previous,
    }),
  )
  const atLeast = data === undefined ? '' : number(data.contacts)
  return (
    <div className={css.bar}>
      <FilterButton key={address.segment ?? ''} filter={filter} onChange={setFilter} />
      {isNarrowed && <FilterChips filter={filter} onChange={setFilter} />}
      {data !== undefined && (
        <span className={css.quiet} role="status">
          {data.isExact ? (
            <Plural value={data.contacts} one="# contact" other="# contacts" />
          ) : (
            <Trans>{atLeast}+ contacts</Trans>
          )}
        </span>
      )}
      <SegmentActs narrowed={narrowed} address={address} />
    </div>
  )
}
