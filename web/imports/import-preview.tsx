import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { columnOfReason, importOutcomes, type ImportOutcome } from '#contract/import-words.ts'
import type { ImportPlan, ImportWish } from '#contract/imports.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { LoadMore } from '../ui/load-more.tsx'
import { Select } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './imports.module.css'
import { ImportProgress } from './import-progress.tsx'
import { reasonWords } from './reason-words.ts'
import { useOutcomeWords } from './state-words.ts'

interface File {
  readonly id: number
  readonly heads: readonly string[]
}

/** What would become of each row, without doing it: judged in the background, however long the file is. */
export function ImportPreview(props: { file: File; wish: ImportWish; isDisabled: boolean }) {
  const { t, i18n } = useLingui()
  const { file, wish } = props
  const input = { importId: file.id }
  const found = useQuery(api.imports.getPlan.queryOptions({ input }))
  const look = useMutation(
    api.imports.plan.mutationOptions({
      onSuccess: (plan) => queryClient.setQueryData(api.imports.getPlan.queryKey({ input }), { plan }),
    }),
  )
  // what was seen holds for what was asked for then
  const plan = found.data?.plan ?? null
  const isOfThis = plan !== null && JSON.stringify(plan.wish) === JSON.stringify(wish)
  return (
    <section className={css.preview} aria-label={t`Preview`}>
      <Button
        onPress={() => look.mutate({ ...input, wish })}
        isPending={look.isPending || (isOfThis && plan.endedAt === null)}
        disabledReason={props.isDisabled ? t`Say what at least one column is.` : undefined}
      >
        {t`See what would happen`}
      </Button>
      {look.error !== null && (
        <Banner tone="danger" live>
          {explain(look.error, i18n)}
        </Banner>
      )}
      {isOfThis && <Foreseen key={plan.number} file={file} plan={plan} />}
    </section>
  )
}

function Foreseen({ file, plan }: { file: File; plan: ImportPlan }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const words = useOutcomeWords()
  const { counts, endedAt } = plan
  const [chosen, choose] = useState<ImportOutcome | 'all' | null>(null)
  const outcomes = importOutcomes.filter((outcome) => counts[outcome] > 0)
  // what is not carried out first: those are to be looked at
  const shown = chosen ?? (counts.refused > 0 ? 'refused' : 'all')
  const rows = number(plan.rows)
  return (
    <>
      {endedAt === null && <ImportProgress done={plan.done} rows={plan.rows} label={t`Progress of the preview`} />}
      <div role={endedAt === null ? undefined : 'status'}>
        <dl className={css.counts}>
          {outcomes.map((outcome) => (
            <div key={outcome}>
              <dt>{words(outcome)}</dt>
              <dd>{number(counts[outcome])}</dd>
            </div>
          ))}
        </dl>
      </div>
      {endedAt !== null && (
        <>
          <div className={css.which}>
            <Select
              label={t`Rows shown`}
              value={shown}
              onChange={choose}
              choices={[
                { id: 'all' as const, name: t({ message: 'All', context: 'rows' }) },
                ...outcomes.map((outcome) => ({ id: outcome, name: words(outcome) })),
              ]}
            />
            <p className={css.note}>
              <Plural value={plan.rows} one={`The file has ${rows} row.`} other={`The file has ${rows} rows.`} />
            </p>
          </div>
          <Rows key={shown} file={file} plan={plan} outcome={shown === 'all' ? null : shown} />
        </>
      )}
    </>
  )
}

function Rows(props: { file: File; plan: ImportPlan; outcome: ImportOutcome | null }) {
  const { t, i18n } = useLingui()
  const words = useOutcomeWords()
  const { number } = useFormats()
  const { file, plan, outcome } = props
  const list = useInfiniteQuery({
    ...api.imports.planned.infiniteOptions({
      input: (after: number) => ({ importId: file.id, outcome, after, limit: 50 }),
      initialPageParam: 0,
      getNextPageParam: (last) => last.next,
    }),
    // of another plan other rows
    queryKey: [...api.imports.planned.key(), file.id, plan.number, outcome],
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <Spinner />
  if (list.error !== null && items.length === 0)
    return (
      <Banner tone="danger" live>
        {explain(list.error, i18n)}
      </Banner>
    )
  return (
    <div className={css.rows} role="region" aria-label={t`Rows`}>
      <ul>
        {items.map((row) => (
          <li key={row.line}>
            <span className={css.line}>
              <strong>{words(row.outcome)}</strong>
              <span className={css.note}>
                <LineNumber line={number(row.line)} />
              </span>
              <bdi>{row.cells.filter((cell) => cell !== '').join(' · ')}</bdi>
            </span>
            {row.reasons.map((reason) => {
              const head = file.heads[columnOfReason(reason.path, plan.wish.columns)]
              return (
                <small key={reason.path + reason.reason}>
                  {head !== undefined && <b>{head}: </b>}
                  {reasonWords(reason, i18n)}
                </small>
              )
            })}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <LoadMore isPending={list.isFetchingNextPage} onReached={() => void list.fetchNextPage()}>
          <Trans>More rows</Trans>
        </LoadMore>
      )}
    </div>
  )
}

const LineNumber = ({ line }: { line: string }) => <Trans>line {line}</Trans>
