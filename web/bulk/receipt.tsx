import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ShieldCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { BulkJob } from '#contract/bulk.ts'
import { useFormats } from '../i18n/formats.ts'
import { Icon } from '../ui/icon.tsx'
import { Pill } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { chosenWords } from './chosen-words.ts'
import css from './deletions.module.css'
import { NumberList } from './number-list.tsx'

/** What a deletion leaves: who asked for it, whom it was about, how much went, and the look whether anything is left. */
export function Receipt({ job }: { job: BulkJob }) {
  const { i18n, t } = useLingui()
  const { number } = useFormats()
  const name = job.by?.name ?? t`Somebody`
  const shown = number(job.done)
  const left = job.total - job.done - job.failed
  return (
    <article className={css.receipt} aria-labelledby={`deletion-${job.id}`}>
      <header className={css.head}>
        <h2 id={`deletion-${job.id}`}>
          <Plural value={job.done} one={`${shown} contact deleted`} other={`${shown} contacts deleted`} />
        </h2>
        <State job={job} />
      </header>
      <p className={css.who}>
        {name} · <RelativeTime at={job.askedAt} as="moment" /> · {chosenWords(job.chosen, i18n)}
      </p>
      {job.result !== null && <Counts counts={job.result.counts} />}
      {job.result?.checked != null && <Checked {...job.result.checked} />}
      <div className={css.lists}>
        {job.failed > 0 && <Numbers jobId={job.id} outcome="failed" count={job.failed} />}
        {job.endedAt !== null && left > 0 && <Numbers jobId={job.id} outcome="left" count={left} />}
        {job.done > 0 && <Numbers jobId={job.id} outcome="done" count={job.done} />}
      </div>
    </article>
  )
}

function State({ job }: { job: BulkJob }) {
  if (job.state === 'done')
    return job.failed === 0 ? (
      <Pill tone="ok">
        <Trans>Complete</Trans>
      </Pill>
    ) : (
      <Pill tone="warn">
        <Trans>Not all</Trans>
      </Pill>
    )
  if (job.state === 'cancelled')
    return (
      <Pill tone="warn">
        <Trans>Stopped</Trans>
      </Pill>
    )
  return (
    <Pill tone="info">
      <Trans>Under way</Trans>
    </Pill>
  )
}

function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const names: [string, string][] = [
    ['absorbed', t`Merged into them`],
    ['conversations', t`Conversations`],
    ['messages', t`Messages and notes`],
    ['files', t`Files`],
    ['channels', t`Channels`],
    ['heldMessages', t`Held messages`],
    ['activities', t`Lines of activity`],
  ]
  const shown = names.filter(([key]) => (counts[key] ?? 0) > 0)
  if (shown.length === 0) return null
  return (
    <dl className={css.counts}>
      {shown.map(([key, name]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{number(counts[key] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Checked({ places, left, at }: { places: number; left: number; at: string }) {
  return (
    <p className={left === 0 ? css.clean : css.unclean}>
      <Icon of={left === 0 ? ShieldCheck : TriangleAlert} />
      <span>
        {left === 0 ? (
          <Trans>Looked for in {places} places: nothing is left.</Trans>
        ) : (
          <Plural
            value={left}
            one="Something is left: # row. Tell whoever runs this server."
            other="Something is left: # rows. Tell whoever runs this server."
          />
        )}{' '}
        <RelativeTime at={at} as="moment" className={css.when} />
      </span>
    </p>
  )
}

/** Numbers of contacts, shown when somebody asks for them. */
function Numbers({ jobId, outcome, count }: { jobId: number; outcome: 'done' | 'failed' | 'left'; count: number }) {
  const { number } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const shown = number(count)
  return (
    <details className={css.numbers} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {outcome === 'failed' ? (
          <Plural value={count} one={`${shown} could not be deleted`} other={`${shown} could not be deleted`} />
        ) : outcome === 'left' ? (
          <Plural value={count} one={`${shown} left as it was`} other={`${shown} left as they were`} />
        ) : (
          <Trans>Numbers of the deleted contacts</Trans>
        )}
      </summary>
      {isOpen && <NumberList jobId={jobId} outcome={outcome} />}
    </details>
  )
}
