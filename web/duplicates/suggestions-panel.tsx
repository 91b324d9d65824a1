import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Merge } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Suggestion } from '#contract/suggestion.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { buttonClass } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Count } from '../ui/pill.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { pairKey, SuggestionRow } from './suggestion-row.tsx'
import css from './suggestions-panel.module.css'
import { useClearing } from './use-clearing.ts'

const shown = 5

/** The surest pairs of the workspace on its first page, each answered in place; the others are one press away. */
export function SuggestionsPanel() {
  const { t } = useLingui()
  const workspace = useWorkspace().id
  const list = useInfiniteQuery(
    api.duplicates.list.infiniteOptions({
      // as many again stand ready for those that are answered
      input: (cursor: string | null) => ({ tiers: ['A', 'B'], cursor, limit: 2 * shown }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const { data: counts } = useQuery(api.duplicates.counts.queryOptions())
  const clearing = useClearing('home')
  const rows = (list.data?.pages.flatMap(({ items }) => items) ?? [])
    .filter((one) => !clearing.isLeaving(one))
    .slice(0, shown)
  const total = (counts?.A ?? 0) + (counts?.B ?? 0)
  const box = useRef<HTMLElement>(null)
  /** Where the keyboard was when its pair was answered. */
  const lost = useRef<number | null>(null)
  useEffect(() => {
    if (lost.current === null || document.activeElement !== document.body) return
    const pairs = box.current?.querySelectorAll<HTMLElement>('[data-pair]') ?? []
    const next = pairs[Math.min(lost.current, pairs.length - 1)] ?? box.current?.querySelector<HTMLElement>('a')
    lost.current = null
    next?.focus()
  })
  const answer = (row: Suggestion, act: (row: Suggestion) => Promise<void>) => {
    lost.current = rows.indexOf(row)
    void act(row)
  }
  return (
    <section ref={box} className={css.panel} aria-label={t`Merge suggestions`}>
      <header className={css.head}>
        <span className={css.mark}>
          <Icon of={Merge} size={18} />
        </span>
        <h2 className={css.title}>
          <Trans>Merge suggestions</Trans>
        </h2>
        {total > 0 && <Count of={total} tone="ok" />}
        <Link
          to="/w/$workspace/contacts/duplicates"
          params={{ workspace }}
          className={classes(buttonClass('ghost'), css.all)}
        >
          <Trans context="suggestions">See all</Trans>
        </Link>
      </header>
      {list.error !== null && list.data === undefined ? (
        <ErrorState
          error={list.error}
          title={t`The duplicates couldn't be loaded`}
          onRetry={() => void list.refetch()}
        />
      ) : list.isPending ? (
        <ListSkeleton />
      ) : rows.length === 0 ? (
        <p className={css.nothing}>
          <Trans>Whenever two contacts have the same phone or email, they appear in this list.</Trans>
        </p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={pairKey(row)}>
              <SuggestionRow
                suggestion={row}
                isCompact
                onReview={() => clearing.review(row)}
                onMerge={() => answer(row, clearing.merge)}
                onDismiss={() => answer(row, clearing.dismiss)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
