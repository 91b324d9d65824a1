import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import paneCss from '../ui/pane.module.css'
import { classes } from '../ui/classes.ts'
import { Spinner } from '../ui/spinner.tsx'
import css from './deletions.module.css'
import { Receipt } from './receipt.tsx'

/** The receipt of every deletion there has been, newest first: who, how many, what went, and that nothing is left. */
export default function DeletionsScreen() {
  const { t } = useLingui()
  useTitle(t`Deletions`)
  const list = useInfiniteQuery(
    api.bulk.list.infiniteOptions({
      input: (cursor: string | null) => ({ kind: 'delete' as const, cursor, limit: 20 }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const jobs = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Pane label={t`Deletions`} isBusy={list.isPending}>
      <PaneHead className={css.top ?? ''}>
        <h1>
          <Trans>Deletions</Trans>
        </h1>
      </PaneHead>
      {list.error !== null && list.data === undefined ? (
        <ErrorState error={list.error} title={t`The receipts couldn't be loaded`} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Spinner />
      ) : jobs.length === 0 ? (
        <Empty icon={Trash2} level={2} title={t`Nobody has been deleted`}>
          <Trans>Each deletion leaves a receipt here, without anybody's name.</Trans>
        </Empty>
      ) : (
        <div className={classes(paneCss.scroll, css.list)}>
          <p className={css.intro}>
            <Trans>What was deleted cannot be brought back. This is all that is left of it.</Trans>
          </p>
          {jobs.map((job) => (
            <Receipt key={job.id} job={job} />
          ))}
          {list.hasNextPage && (
            <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
              <Trans>Show more</Trans>
            </Button>
          )}
        </div>
      )}
    </Pane>
  )
}
