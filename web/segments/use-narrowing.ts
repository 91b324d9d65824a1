import { useQuery } from '@tanstack/react-query'
import type { Filter } from '#contract/filter.ts'
import type { Segment } from '#contract/segments.ts'
import { api } from '../api/client.ts'
import { itemsOf, readFilter, writeFilter } from '../filters/shared.ts'

/** What an address says of how the list is narrowed, and the way to say something else. */
export interface NarrowedAddress {
  readonly filter: string | undefined
  readonly segment: string | undefined
  readonly change: (change: { filter?: string | undefined; segment?: string | undefined }) => void
}

export interface Narrowed {
  readonly filter: Filter
  readonly isNarrowed: boolean
  readonly segment: Segment | null
  /** The filter is no longer the segment's own. */
  readonly isEdited: boolean
  /** The segment of the address is not known yet. */
  readonly isPending: boolean
  readonly setFilter: (filter: Filter) => void
}

const everyone: Filter = { and: [] }

/** The filter of the address, else that of its segment. */
export function useNarrowing({ filter: text, segment: id, change }: NarrowedAddress): Narrowed {
  const { data, isPending } = useQuery({ ...api.segments.list.queryOptions(), enabled: id !== undefined })
  const segment = data?.items.find((one) => String(one.id) === id) ?? null
  const own = readFilter(text)
  const filter = own ?? segment?.filter ?? everyone
  return {
    filter,
    isNarrowed: itemsOf(filter).length > 0,
    segment,
    isEdited: segment !== null && own !== null && JSON.stringify(own) !== JSON.stringify(segment.filter),
    isPending: id !== undefined && isPending && own === null,
    setFilter: (next) =>
      // a segment without its conditions is everybody
      itemsOf(next).length === 0
        ? change({ filter: undefined, segment: undefined })
        : change({ filter: writeFilter(next) }),
  }
}
