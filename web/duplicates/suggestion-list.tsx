import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Merge, Undo2, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import type { Suggestion, Tier } from '#contract/suggestion.ts'
import { api } from '../api/client.ts'
import { useCommands } from '../app/commands.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Empty } from '../ui/empty.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { SegmentedMany } from '../ui/segmented.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { undoNewest } from '../ui/undo.ts'
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx'
import css from './duplicates-screen.module.css'
import { ListSkeleton } from './list-skeleton.tsx'
import { pairKey, SuggestionRow } from './suggestion-row.tsx'
import { useClearing } from './use-clearing.ts'
import type { useDuplicatesAddress } from './use-duplicates-address.ts'

/** The pairs, surest first. J and K move, Enter and R review, F and M merge, X tells apart, Z takes the last answer back. */
export function SuggestionList(props: {
  address: ReturnType<typeof useDuplicatesAddress>
  counts: Record<Tier, number> | undefined
}) {
  const { t } = useLingui()
  const { address, counts } = props
  const list = useInfiniteQuery(
    api.duplicates.list.infiniteOptions({
      input: (cursor: string | null) => ({ tiers: address.tiers, cursor, limit: 50 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
      placeholderData: (previous) => previous,
    }),
  )
  const clearing = useClearing('duplicates')
  const rows = (list.data?.pages.flatMap(({ items }) => items) ?? []).filter((one) => !clearing.isLeaving(one))
  const handle = useRef<VirtualListHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<string | null>(null)
  /** The keyboard works here, until it goes elsewhere. */
  const hasFocus = useRef(false)
  const at = Math.max(
    0,
    rows.findIndex((row) => pairKey(row) === stop),
  )
  const current = rows[at]

  const focus = (row: Suggestion | undefined) => {
    if (row === undefined) return
    const key = pairKey(row)
    setStop(key)
    handle.current?.show(rows.indexOf(row))
    const find = () => box.current?.querySelector<HTMLElement>(`[data-pair="${key}"]`)?.focus()
    hasFocus.current = true
    requestAnimationFrame(() => requestAnimationFrame(find))
  }
  // a row that goes, or a list that is drawn late, takes the focus along
  useEffect(() => {
    if (hasFocus.current && document.activeElement === document.body)
      box.current?.querySelector<HTMLElement>(`[data-pair="${stop}"]`)?.focus()
  })
  const step = (by: 1 | -1) => {
    const isInside = box.current?.contains(document.activeElement) ?? false
    focus(rows[Math.max(0, Math.min(rows.length - 1, isInside ? at + by : at))])
  }
  /** Answers a pair and goes on to the next one. */
  const answer = (row: Suggestion, act: (row: Suggestion) => Promise<void>) => {
    const here = rows.indexOf(row)
    focus(rows[here + 1] ?? rows[here - 1])
    void act(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (by === 1 || by === -1) step(by)
    else if (event.key === 'Home') focus(rows[0])
    else if (event.key === 'End') focus(rows.at(-1))
    else return
    event.preventDefault()
  }
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !box.current?.contains(relatedTarget)) hasFocus.current = false
  }
  const group = t`Duplicates`
  const reviewCurrent = () => {
    if (current !== undefined) clearing.review(current)
  }
  const mergeCurrent = () => {
    if (current !== undefined) answer(current, clearing.merge)
  }
  const dismissCurrent = () => {
    if (current !== undefined) answer(current, clearing.dismiss)
  }
  useCommands([
    { id: 'pair-next', title: t`Next pair`, group, keys: 'j', onlyKey: true, run: () => step(1) },
    { id: 'pair-previous', title: t`Previous pair`, group, keys: 'k', onlyKey: true, run: () => step(-1) },
    { id: 'pair-review', title: t`Review`, group, keys: 'r', icon: UserRoundCheck, run: reviewCurrent },
    { id: 'pair-merge', title: t`Merge`, group, keys: 'f', icon: Merge, run: mergeCurrent },
    { id: 'pair-merge-too', title: t`Merge`, group, keys: 'm', onlyKey: true, run: mergeCurrent },
    { id: 'pair-dismiss', title: t`Not the same person`, group, keys: 'x', icon: UserRoundX, run: dismissCurrent },
    { id: 'pair-undo', title: t`Undo`, group, keys: 'z', icon: Undo2, onlyKey: true, run: () => void undoNewest() },
  ])
  return (
    <>
      <div className={css.filters}>
        <SegmentedMany
          label={t`How sure`}
          values={address.tiers}
          onChange={address.filter}
          choices={[
            { id: 'A', name: t({ message: 'Certain', context: 'suggestions' }), count: shown(counts?.A) },
            { id: 'B', name: t({ message: 'Likely', context: 'suggestions' }), count: shown(counts?.B) },
            { id: 'C', name: t({ message: 'Possible', context: 'suggestions' }), count: shown(counts?.C) },
          ]}
        />
      </div>
      <div ref={box} role="presentation" className={css.list} onKeyDown={onKeyDown} onBlur={onBlur}>
        {list.error !== null && list.data === undefined ? (
          <ErrorState
            error={list.error}
            title={t`The duplicates couldn't be loaded`}
            onRetry={() => void list.refetch()}
          />
        ) : list.isPending ? (
          <ListSkeleton />
        ) : rows.length === 0 ? (
          <Empty icon={Merge} level={2} title={t`No duplicates here`}>
            <Trans>Whenever two contacts have the same phone or email, they appear in this list.</Trans>
          </Empty>
        ) : (
          <VirtualList
            ref={handle}
            label={t`Duplicates`}
            items={rows}
            keyOf={pairKey}
            rowHeight={84}
            padding={{ start: 0, end: 24 }}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
            foot={list.isFetchingNextPage && <Spinner />}
            renderRow={(row) => (
              <SuggestionRow
                suggestion={row}
                isTabStop={row === current}
                onReview={() => clearing.review(row)}
                onMerge={() => answer(row, clearing.merge)}
                onDismiss={() => answer(row, clearing.dismiss)}
              />
            )}
          />
        )}
      </div>
      <Keys />
    </>
  )
}

/** Counted to a thousand. */
const shown = (count: number | undefined) => (count !== undefined && count >= 1000 ? '1000+' : count)

function Keys() {
  const { t } = useLingui()
  const keys = [
    ['j k', t`move`],
    ['enter', t`review`],
    ['f', t`merge`],
    ['x', t`not the same`],
    ['z', t`undo`],
  ]
  return (
    <p className={css.keys}>
      {keys.map(([key = '', words]) => (
        <span key={key}>
          <Kbd keys={key} /> {words}
        </span>
      ))}
    </p>
  )
}
