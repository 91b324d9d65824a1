import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './deletions.module.css'

/** Numbers of contacts of a job, with what went wrong; whoever is still there is a link to their record. */
export function NumberList({ jobId, outcome }: { jobId: number; outcome: 'done' | 'failed' | 'left' }) {
  const { t } = useLingui()
  const workspace = useWorkspace().id
  const list = useInfiniteQuery(
    api.bulk.contacts.infiniteOptions({
      input: (cursor: string | null) => ({ jobId, outcome, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const toRecord = (contactId: number) => (
    <Link to="/w/$workspace/contacts/{-$contactId}" params={{ workspace, contactId }}>
      {contactId}
    </Link>
  )
  if (list.isPending) return <Spinner />
  return (
    <>
      <ul className={css.ids}>
        {items.map(({ contactId, reason, survivorId }) => (
          <li key={contactId} className="num">
            {outcome === 'done' || reason === 'gone' ? contactId : toRecord(survivorId ?? contactId)}
            {reason === 'gone' && <small> {t`did not exist any more`}</small>}
            {reason === 'absorbed' && (
              <small>
                {' '}
                <Trans>into which {contactId} had been merged</Trans>
              </small>
            )}
            {reason === 'error' && <small> {t`an error, see the server's log`}</small>}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="sm" onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  )
}
