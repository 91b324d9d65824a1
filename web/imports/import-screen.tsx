import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { importOutcomes } from '#contract/import-words.ts'
import type { Import } from '#contract/imports.ts'
import { api } from '../api/client.ts'
import { explain, reasonOf } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import paneCss from '../ui/pane.module.css'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ImportForm } from './import-form.tsx'
import { ImportProgress } from './import-progress.tsx'
import css from './imports.module.css'
import { useOutcomeWords, useStateWords } from './state-words.ts'

/** One file: what its columns are, what would happen, how far it is, what became of it, and the way back. */
export default function ImportScreen() {
  const { t } = useLingui()
  const importId = Number(useParams({ from: '/w/$workspace/contacts/imports/$importId' }).importId)
  const workspace = useWorkspace().id
  const found = useQuery(api.imports.get.queryOptions({ input: { importId } }))
  const title = found.data?.fileName ?? t`Import`
  useTitle(title)
  return (
    <Pane label={t`Import`} isBusy={found.isPending}>
      <PaneHead className={css.top ?? ''}>
        <Link
          to="/w/$workspace/contacts/imports"
          params={{ workspace }}
          aria-label={t`All imports`}
          className={buttonClass('ghost', 'sm')}
        >
          <Icon of={ArrowLeft} />
        </Link>
        <h1 className={css.title}>{title}</h1>
      </PaneHead>
      <div className={classes(paneCss.scroll, css.list)}>
        {found.error !== null && found.data === undefined ? (
          <ErrorState
            error={found.error}
            title={t`The import couldn't be loaded`}
            onRetry={() => void found.refetch()}
          />
        ) : found.data === undefined ? (
          <Spinner />
        ) : found.data.state === 'uploaded' ? (
          <ImportForm key={importId} file={found.data} />
        ) : (
          <Progress one={found.data} />
        )}
      </div>
    </Pane>
  )
}

function Progress({ one }: { one: Import }) {
  const { t, i18n } = useLingui()
  const { number, dateTime } = useFormats()
  const stateWords = useStateWords()
  const outcomeWords = useOutcomeWords()
  const [isAsking, setAsking] = useState(false)
  const refresh = { onSuccess: () => queryClient.invalidateQueries({ queryKey: api.imports.key() }) }
  const stop = useMutation(api.imports.cancel.mutationOptions(refresh))
  const undo = useMutation(api.imports.undo.mutationOptions(refresh))
  const problem = stop.error ?? undo.error
  const outcomes = importOutcomes.filter((outcome) => one.counts[outcome] > 0)
  const { undone } = one
  const [deleted, restored, kept] = [undone?.deleted ?? 0, undone?.restored ?? 0, undone?.kept ?? 0].map(number)
  return (
    <section className={css.card} aria-label={stateWords(one.state)}>
      <header className={css.head}>
        <h2>{stateWords(one.state)}</h2>
        {one.state === 'running' && (
          <Button size="sm" onPress={() => stop.mutate({ importId: one.id })} isPending={stop.isPending}>
            <Trans>Stop</Trans>
          </Button>
        )}
      </header>
      {problem !== null && (
        <Banner tone="danger" live>
          {reasonOf(problem) === 'too-late'
            ? t`It can no longer be undone: 30 days have passed.`
            : explain(problem, i18n)}
        </Banner>
      )}
      <ImportProgress done={one.done} rows={one.rows} label={t`Progress of the import`}>
        {one.startedAt !== null && <> · {dateTime(one.startedAt)}</>}
        {one.by !== null && <> · {one.by}</>}
      </ImportProgress>
      {outcomes.length > 0 && (
        <dl className={css.counts}>
          {outcomes.map((outcome) => (
            <div key={outcome}>
              <dt>{outcomeWords(outcome)}</dt>
              <dd>{number(one.counts[outcome])}</dd>
            </div>
          ))}
        </dl>
      )}
      {undone !== null && (
        <p className={css.note} role="status">
          <Trans>
            Undone: {deleted} deleted, {restored} put back, {kept} left because somebody has worked on them since.
          </Trans>
        </p>
      )}
      <div className={css.row}>
        {one.outcomeUrl !== null && (
          <a href={`${one.outcomeUrl}?language=${i18n.locale}`} download className={buttonClass('soft', 'md')}>
            <Trans>Download the outcome of each row</Trans>
          </a>
        )}
        {one.canUndo && (
          <Button onPress={() => setAsking(true)} isPending={undo.isPending}>
            <Trans>Undo the import…</Trans>
          </Button>
        )}
      </div>
      {isAsking && (
        <AlertDialog
          isOpen
          danger
          title={t`Undo the import`}
          confirm={t`Undo the import`}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false)
            undo.mutate({ importId: one.id })
          }}
        >
          <p>
            <Trans>
              Contacts that it added are deleted, unless somebody has changed or written to them since. Values that it
              changed go back where they still stand.
            </Trans>
          </p>
        </AlertDialog>
      )}
    </section>
  )
}
