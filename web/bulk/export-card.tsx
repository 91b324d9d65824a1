import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleStop, X } from 'lucide-react'
import type { BulkJob } from '#contract/bulk.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { toastError } from '../ui/toast-store.ts'
import { leaveJob } from './followed-jobs.ts'
import css from './tray.module.css'

/** An export that is being written, or can be fetched. */
export function ExportCard({ job }: { job: BulkJob }) {
  return job.endedAt === null ? <Writing job={job} /> : <Written job={job} />
}

function Writing({ job }: { job: BulkJob }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const mayStop = useCan('contacts.export')
  const stop = useMutation(
    api.exports.cancel.mutationOptions({
      onSuccess: (fresh) => queryClient.setQueryData(api.bulk.get.queryKey({ input: { jobId: job.id } }), fresh.job),
      onError: (error) => toastError(explain(error, i18n)),
    }),
  )
  const gone = job.done + job.failed
  const [goneShown, total] = [number(gone), number(job.total)]
  return (
    <article className={css.card}>
      <header className={css.head}>
        <h2 className={css.title}>{job.state === 'cancelling' ? t`Stopping…` : t`Exporting contacts`}</h2>
        {mayStop && (job.state === 'running' || job.state === 'waiting') && (
          <Button look="ghost" size="sm" onPress={() => stop.mutate({ jobId: job.id })} isPending={stop.isPending}>
            <Trans>Stop</Trans>
          </Button>
        )}
      </header>
      <div
        className={css.progress}
        role="progressbar"
        aria-label={t`Progress of the export`}
        aria-valuenow={gone}
        aria-valuemin={0}
        aria-valuemax={job.total}
      >
        <span style={{ inlineSize: `${(100 * gone) / job.total}%` }} />
      </div>
      <p className={css.numbers}>
        <Trans>
          {goneShown} of {total}
        </Trans>
      </p>
    </article>
  )
}

function Written({ job }: { job: BulkJob }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const workspace = useWorkspace().id
  const mayFetch = useCan('contacts.export')
  const url = useQuery(api.exports.get.queryOptions({ input: { jobId: job.id }, enabled: mayFetch })).data?.url ?? null
  const isWhole = job.state === 'done'
  const shown = number(job.done)
  return (
    <div className={css.card} role="status">
      <header className={css.head}>
        <Icon of={isWhole ? CircleCheck : CircleStop} className={isWhole ? css.ok : css.warn} />
        <h2 className={css.title}>
          {isWhole ? (
            <Plural value={job.done} one={`${shown} contact exported`} other={`${shown} contacts exported`} />
          ) : (
            <Trans>The export was stopped</Trans>
          )}
        </h2>
        <IconButton icon={X} size="sm" label={t`Put away`} onPress={() => leaveJob(workspace, job.id)} />
      </header>
      {url !== null && (
        <>
          <p className={css.note}>
            <Trans>The file is kept for seven days.</Trans>
          </p>
          <a href={url} download className={buttonClass('soft', 'sm')}>
            <Trans>Download</Trans>
          </a>
        </>
      )}
    </div>
  )
}
