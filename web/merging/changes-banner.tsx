import { Trans, useLingui } from '@lingui/react/macro'
import { Banner } from '../ui/banner.tsx'
import type { Change } from './describe-changes.ts'
import css from './merge-screen.module.css'
import { useFieldName } from '../fields/shared.ts'

/** What is no longer as it was when the plan was shown: look again before going on. */
export function ChangesBanner({ changes }: { changes: readonly Change[] }) {
  const words = useChangeWords()
  if (changes.length === 0) return null
  return (
    <Banner tone="warn" live className={css.changes ?? ''}>
      <strong>
        <Trans>This changed while you were looking at it. Check it again.</Trans>
      </strong>
      <ul>
        {changes.map((change) => (
          <li key={JSON.stringify(change)}>{words(change)}</li>
        ))}
      </ul>
    </Banner>
  )
}

function useChangeWords() {
  const { t } = useLingui()
  const fields = useFieldName()
  return (change: Change): string => {
    switch (change.kind) {
      case 'value': {
        const field = fields(change.field)
        const who = change.contact ?? t`Nameless contact`
        const value = change.shown
        return value === null ? t`${who} · ${field}: now empty` : t`${who} · ${field}: now ${value}`
      }
      case 'contacts':
        return t`These are other contacts now: one of them was merged or parted.`
      case 'told-apart':
        return t`Somebody said that they are not the same person.`
      case 'moves':
        return t`There is more or less to move.`
      case 'runs':
        return t`Other workflows would stop.`
      case 'opt-outs':
        return t`Somebody changed whether they want messages.`
      case 'other':
        return t`Something else of these contacts.`
    }
  }
}
