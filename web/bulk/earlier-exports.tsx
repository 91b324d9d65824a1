import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Export } from '#contract/exports.ts'
import { api } from '../api/client.ts'
import { useFormats } from '../i18n/formats.ts'
import { buttonClass } from '../ui/button.tsx'
import css from './export-dialog.module.css'

/** What was exported of late, to be fetched once more. */
export function EarlierExports() {
  const { t } = useLingui()
  const { data } = useQuery(api.exports.list.queryOptions({ input: { limit: 5 } }))
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className={css.earlier} aria-label={t`Earlier exports`}>
      <h3>{t`Earlier exports`}</h3>
      <ul>
        {data.items.map((one) => (
          <Earlier key={one.job.id} made={one} />
        ))}
      </ul>
    </section>
  )
}

function Earlier({ made: { job, format, url, gone } }: { made: Export }) {
  const { number, dateTime } = useFormats()
  const shown = number(job.total)
  return (
    <li>
      <span>
        {dateTime(job.askedAt)} · {format === 'csv' ? 'CSV' : 'vCard'} ·{' '}
        <Plural value={job.total} one={`${shown} contact`} other={`${shown} contacts`} />
        {job.by !== null && <> · {job.by.name}</>}
      </span>
      {url !== null ? (
        <a href={url} download className={buttonClass('soft', 'sm')}>
          <Trans>Download</Trans>
        </a>
      ) : (
        <small>
          {gone === 'contactDeleted' ? (
            <Trans>Removed: somebody in it was deleted</Trans>
          ) : gone === 'expired' ? (
            <Trans>Removed after seven days</Trans>
          ) : gone === 'cancelled' ? (
            <Trans context="export">Stopped</Trans>
          ) : (
            <Trans>Being written…</Trans>
          )}
        </small>
      )}
    </li>
  )
}
