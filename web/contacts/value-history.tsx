import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { FieldKey } from '#contract/fields.ts'
import { ChangeList } from '../activity/shared.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './contact-drawer.module.css'

/** Every value that a field of a contact has held, the newest first: from → to, who, by what way, when. */
export default function ValueHistory({ contactId, field }: { contactId: number; field: FieldKey }) {
  const { i18n } = useLingui()
  const title = useId()
  const list = useInfiniteQuery(
    api.activity.ofContact.infiniteOptions({
      input: (cursor: string | null) => ({ contactId, field, cursor, limit: 5 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const events = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (list.isPending) return <Spinner />
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <div className={css.history} role="group" aria-labelledby={title} tabIndex={0}>
      <h4 id={title}>
        <Trans>History</Trans>
      </h4>
      {list.error !== null ? (
        <p className={css.historyQuiet}>{explain(list.error, i18n)}</p>
      ) : events.length === 0 ? (
        <p className={css.historyQuiet}>
          <Trans>It has not changed since then.</Trans>
        </p>
      ) : (
        <ChangeList contactId={contactId} events={events} />
      )}
      {list.hasNextPage && (
        <Button look="ghost" size="sm" isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          <Trans>Show earlier values</Trans>
        </Button>
      )}
    </div>
  )
}
