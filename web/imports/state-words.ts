import { useLingui } from '@lingui/react/macro'
import type { ImportOutcome } from '#contract/import-words.ts'
import type { Import } from '#contract/imports.ts'

/** How an import stands. */
export function useStateWords(): (state: Import['state']) => string {
  const { t } = useLingui()
  const words: Record<Import['state'], string> = {
    uploaded: t`Not started`,
    running: t`Importing…`,
    done: t`Done`,
    cancelled: t({ message: 'Stopped', context: 'import' }),
    undoing: t`Being undone…`,
    undone: t`Undone`,
  }
  return (state) => words[state]
}

/** What becomes of a row. */
export function useOutcomeWords(): (outcome: ImportOutcome) => string {
  const { t } = useLingui()
  const words: Record<ImportOutcome, string> = {
    added: t`Added`,
    updated: t`Updated`,
    unchanged: t`Unchanged`,
    skipped: t`Skipped`,
    blocked: t({ message: 'Blocked', context: 'a row' }),
    refused: t`Refused`,
  }
  return (outcome) => words[outcome]
}
