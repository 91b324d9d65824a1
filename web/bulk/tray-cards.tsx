import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleStop, Minus, TriangleAlert, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import type { BulkJob } from '#contract/bulk.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { toastError } from '../ui/toast-store.ts'
import { ExportCard } from './export-card.tsx'
import { Failures } from './failures.tsx'
import { leaveJob } from './followed-jobs.ts'
import { doneWords, runningWords } from './job-words.ts'
import { moveOn } from './time-left.ts'
import css from './tray.module.css'

/** A card for each task that runs or has just ended. */
export default function TrayCards({ jobIds }: { jobIds: readonly number[] }) {
  const { t } = useLingui()
  const ref = useRef<HTMLElement>(null)
  const { landmarkProps } = useLandmark({ role: 'region', 'aria-label': t`Background tasks` }, ref)
  const [isSmall, setSmall] = useState(false)
  return (
    <section {...landmarkProps} ref={ref} className={css.tray}>
      {jobIds.map((id) => (
        <Card key={id} jobId={id} isSmall={isSmall} onResize={() => setSmall(!isSmall)} />
      ))}
    </section>
  )
}

function Card({ jobId, isSmall, onResize }: { jobId: number; isSmall: boolean; onResize: () => void }) {
  const { data: job } = useQuery(api.bulk.get.queryOptions({ input: { jobId } }))
  if (job === undefined) return null
  if (job.kind === 'export') return <ExportCard job={job} />
  return job.endedAt === null ? (
    <RunningCard job={job} isSmall={isSmall} onResize={onResize} />
  ) : (
    <EndedCard job={job} />
  )
}

function RunningCard({ job, isSmall, onResize }: { job: BulkJob; isSmall: boolean; onResize: () => void }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const mayDelete = useCan('contacts.delete')
  const mayExport = useCan('contacts.export')
  const mayStop = job.kind === 'delete' ? mayDelete : job.kind === 'export' ? mayExport : true
  const stop = useMutation({
    mutationFn: async () => {
      const { bulk, deletion, exports } = client
      const cancels = job.kind === 'delete' ? deletion : job.kind === 'export' ? exports : bulk
      await cancels.cancel({ jobId: job.id })
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: api.bulk.get.key() }),
    onError: (error) => toastError(explain(error, i18n)),
  })
  const gone = job.done + job.failed
  const [pace, setPace] = useState(() => ({ at: Date.now(), from: gone, gone, minutes: null as number | null }))
  if (pace.gone !== gone) setPace(moveOn(pace, gone, job.total))
  const [goneShown, total] = [number(gone), number(job.total)]
  const batch = number(Math.min(job.batches.done + 1, job.batches.total))
  const batches = number(job.batches.total)
  const title =
    job.state === 'checking' ? (
      job.kind === 'delete' ? (
        <Trans>Checking that nothing is left</Trans>
      ) : (
        <Trans>Almost done</Trans>
      )
    ) : job.state === 'cancelling' ? (
      <Trans>Stopping…</Trans>
    ) : (
      runningWords(job.kind, i18n)
    )
  return (
    <article className={css.card}>
      <header className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {mayStop && (job.state === 'running' || job.state === 'waiting') && (
          <Button look="ghost" size="sm" onPress={() => stop.mutate()} isPending={stop.isPending}>
            <Trans>Stop</Trans>
          </Button>
        )}
        <IconButton icon={Minus} size="sm" label={isSmall ? t`Show more` : t`Show less`} onPress={onResize} />
      </header>
      <div
        className={css.progress}
        role="progressbar"
        aria-label={t`Progress`}
        aria-valuenow={gone}
        aria-valuemin={0}
        aria-valuemax={job.total}
      >
        <span style={{ inlineSize: `${(100 * gone) / job.total}%` }} />
      </div>
      {!isSmall && (
        <>
          <p className={css.numbers}>
            <span>
              <Trans>
                {goneShown} of {total}
              </Trans>
              {job.batches.total > 1 && (
                <>
                  {' · '}
                  <Trans>
                    batch {batch} of {batches}
                  </Trans>
                </>
              )}
            </span>
            {job.state === 'running' && <TimeLeft minutes={pace.minutes} />}
          </p>
          <p className={css.note}>
            <Trans>You can go to another page or close the tab: it goes on at the server.</Trans>
          </p>
        </>
      )}
    </article>
  )
}

function TimeLeft({ minutes }: { minutes: number | null }) {
  if (minutes === null) return null
  return (
    <span className={css.left}>
      {minutes < 1 ? <Trans>less than 1 min</Trans> : <Plural value={minutes} one="about # min" other="about # min" />}
    </span>
  )
}

function EndedCard({ job }: { job: BulkJob }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const workspace = useWorkspace().id
  const [done, total, failed, left] = [job.done, job.total, job.failed, job.total - job.done - job.failed].map(number)
  const isWhole = job.state === 'done' && job.failed === 0
  return (
    <div className={css.card} role="status">
      <header className={css.head}>
        <Icon
          of={job.state === 'cancelled' ? CircleStop : isWhole ? CircleCheck : TriangleAlert}
          className={isWhole ? css.ok : css.warn}
        />
        <h2 className={css.title}>
          {isWhole ? (
            doneWords(job.kind, job.done, done!, i18n)
          ) : job.state === 'cancelled' ? (
            <Trans>
              Stopped after {done} of {total}
            </Trans>
          ) : (
            <Trans>
              {done} of {total}, {failed} failed
            </Trans>
          )}
        </h2>
        <IconButton icon={X} size="sm" label={t`Put away`} onPress={() => leaveJob(workspace, job.id)} />
      </header>
      {job.state === 'cancelled' && (
        <p className={css.note}>
          <Plural
            value={job.total - job.done - job.failed}
            one={`${left} contact was left as it was.`}
            other={`${left} contacts were left as they were.`}
          />
        </p>
      )}
      {job.failed > 0 && <Failures job={job} />}
      {job.kind === 'delete' && (
        <Link
          to="/w/$workspace/contacts/deletions"
          params={{ workspace }}
          className={buttonClass('soft', 'sm')}
          onClick={() => leaveJob(workspace, job.id)}
        >
          <Trans>See the receipt</Trans>
        </Link>
      )}
    </div>
  )
}
