import { Plural, Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { BulkJob, BulkReason } from '#contract/bulk.ts'
import { useFormats } from '../i18n/formats.ts'
import { NumberList } from './number-list.tsx'
import css from './tray.module.css'

/** For how many contacts it could not be done and why, the most frequent reason first; and which they are, for whoever asks. */
export function Failures({ job }: { job: BulkJob }) {
  const [isOpen, setOpen] = useState(false)
  const reasons = Object.entries(job.result?.failures ?? {}) as [BulkReason, number][]
  return (
    <>
      <ul className={css.reasons}>
        {reasons
          .toSorted(([, one], [, other]) => other - one)
          .map(([reason, count]) => (
            <li key={reason}>
              <Reason reason={reason} count={count} />
            </li>
          ))}
      </ul>
      <details className={css.which} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Trans>Which contacts</Trans>
        </summary>
        {isOpen && <NumberList jobId={job.id} outcome="failed" />}
      </details>
    </>
  )
}

function Reason({ reason, count }: { reason: BulkReason; count: number }) {
  const shown = useFormats().number(count)
  switch (reason) {
    case 'too-many-tags':
      return (
        <Plural
          value={count}
          one={`${shown} holds as many tags as a contact can. Take some off first.`}
          other={`${shown} hold as many tags as a contact can. Take some off first.`}
        />
      )
    case 'gone':
      return (
        <Plural value={count} one={`${shown} did not exist any more.`} other={`${shown} did not exist any more.`} />
      )
    case 'absorbed':
      return (
        <Plural
          value={count}
          one={`${shown} had been merged into another contact.`}
          other={`${shown} had been merged into other contacts.`}
        />
      )
    case 'not-there':
      return (
        <Plural
          value={count}
          one={`${shown} was left as it was: what was to be given was removed meanwhile.`}
          other={`${shown} were left as they were: what was to be given was removed meanwhile.`}
        />
      )
    case 'error':
      return (
        <Plural
          value={count}
          one={`${shown} met an error; the server’s log tells more.`}
          other={`${shown} met an error; the server’s log tells more.`}
        />
      )
  }
}
