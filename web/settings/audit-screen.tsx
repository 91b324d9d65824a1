import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ScrollText, SearchX, ShieldX } from 'lucide-react'
import { useState } from 'react'
import type { AuditGroup } from '#contract/audit-words.ts'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { LoadMore } from '../ui/load-more.tsx'
import { Select } from '../ui/select.tsx'
import css from './audit.module.css'
import { AuditRow } from './audit-row.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { PageHead } from './page-head.tsx'
import { useAuditGroups } from './use-audit-words.ts'

/** What the trail is narrowed to. `since`: from that moment on, so that the pages of one list stay the same. */
interface Narrowing {
  readonly memberId: number | null
  readonly group: AuditGroup | null
  readonly days: number | null
  readonly since: string | null
}

const everything: Narrowing = { memberId: null, group: null, days: null, since: null }
const dayMs = 24 * 3600 * 1000

/** Who did what to the workspace, when and from where; for Owners. */
export default function AuditScreen() {
  const { t } = useLingui()
  const maySee = useCan('audit.view')
  return (
    <>
      <PageHead
        title={t`Audit trail`}
        lead={<Trans>Who changed what in the workspace, when and from which address. It cannot be edited.</Trans>}
      />
      {maySee ? (
        <Trail />
      ) : (
        <Empty icon={ShieldX} level={2} title={t`Only owners see the audit trail`}>
          <Trans>Ask an owner if you need to know who changed something.</Trans>
        </Empty>
      )}
    </>
  )
}

function Trail() {
  const { t } = useLingui()
  const { day } = useFormats()
  const [narrowed, setNarrowed] = useState(everything)
  const { memberId, group, since } = narrowed
  const list = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (cursor: string | null) => ({
        cursor,
        limit: 50,
        ...(memberId === null ? {} : { memberId }),
        ...(group === null ? {} : { group }),
        ...(since === null ? {} : { since }),
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const events = list.data?.pages.flatMap(({ items }) => items) ?? []
  const days = Map.groupBy(events, ({ at }) => new Date(at).toDateString())
  return (
    <>
      <Narrow narrowed={narrowed} onChange={setNarrowed} />
      {list.error !== null && list.data === undefined ? (
        <ErrorState
          error={list.error}
          title={t`The audit trail couldn't be loaded`}
          onRetry={() => void list.refetch()}
        />
      ) : list.isPending ? (
        <ListSkeleton />
      ) : events.length === 0 ? (
        narrowed === everything ? (
          <Empty icon={ScrollText} level={2} title={t`Nothing here`}>
            <Trans>What members change in the workspace appears here.</Trans>
          </Empty>
        ) : (
          <Empty
            icon={SearchX}
            level={2}
            title={t`Nothing found`}
            action={
              <Button onPress={() => setNarrowed(everything)}>
                <Trans>Show everything</Trans>
              </Button>
            }
          />
        )
      ) : (
        <>
          {[...days].map(([key, ofDay]) => (
            <section key={key} className={css.day}>
              <h2>{day(ofDay[0]?.at ?? key)}</h2>
              <ul className={css.events}>
                {ofDay.map((event) => (
                  <AuditRow key={event.id} event={event} />
                ))}
              </ul>
            </section>
          ))}
          {list.hasNextPage && (
            <LoadMore isPending={list.isFetchingNextPage} onReached={() => void list.fetchNextPage()}>
              <Trans>Show earlier entries</Trans>
            </LoadMore>
          )}
        </>
      )}
    </>
  )
}

/** Whose doing, of what kind, how far back. */
function Narrow(props: { narrowed: Narrowing; onChange: (narrowed: Narrowing) => void }) {
  const { t } = useLingui()
  const { compare } = useFormats()
  const groups = useAuditGroups()
  const { data: members } = useQuery(api.members.list.queryOptions())
  const people = (members?.items ?? []).toSorted((one, other) => compare(one.name, other.name))
  const { narrowed } = props
  const change = (part: Partial<Narrowing>) => {
    const next = { ...narrowed, ...part }
    const isAll = next.memberId === null && next.group === null && next.days === null
    props.onChange(isAll ? everything : next)
  }
  return (
    <div className={css.narrow}>
      <Select
        aria-label={t({ message: 'By', context: 'whose doing' })}
        value={narrowed.memberId ?? 0}
        onChange={(id) => change({ memberId: id === 0 ? null : id })}
        choices={[{ id: 0, name: t`Anyone` }, ...people.map(({ id, name }) => ({ id, name }))]}
      />
      <Select
        aria-label={t`What to show`}
        value={narrowed.group ?? 'all'}
        onChange={(id) => change({ group: id === 'all' ? null : id })}
        choices={[
          { id: 'all', name: t`Everything` },
          ...(Object.keys(groups) as AuditGroup[]).map((id) => ({ id, name: groups[id] })),
        ]}
      />
      <Select
        aria-label={t`When`}
        value={narrowed.days ?? 0}
        onChange={(days) =>
          change(
            days === 0
              ? { days: null, since: null }
              : { days, since: new Date(Date.now() - days * dayMs).toISOString() },
          )
        }
        choices={[
          { id: 0, name: t`Any time` },
          { id: 1, name: t`Last 24 hours` },
          { id: 7, name: t`Last 7 days` },
          { id: 30, name: t`Last 30 days` },
          { id: 90, name: t`Last 90 days` },
        ]}
      />
    </div>
  )
}
