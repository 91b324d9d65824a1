// pure
import type { FieldProblem } from '#contract/errors.ts'
import type { ImportOutcome } from '#contract/import-words.ts'
import type { ImportWish } from '#contract/imports.ts'
import type { Match } from './match-row.ts'
import type { ReadRow } from './read-row.ts'

/** What is to be done with a row; `update` may turn out to change nothing. */
export type Verdict =
  | { readonly act: 'add' }
  | { readonly act: 'update'; readonly contactId: number }
  | {
      readonly act: 'leave'
      readonly outcome: ImportOutcome
      readonly reasons: readonly FieldProblem[]
      readonly contactId: number | null
    }

/** Decides by what the row says, whom it was recognised as, and what was asked for. */
export function judgeRow(row: ReadRow, match: Match | null, mode: ImportWish['mode']): Verdict {
  const leave = (outcome: ImportOutcome, reason: string, message: string): Verdict => ({
    act: 'leave',
    outcome,
    reasons: [{ path: 'row', reason, message }],
    contactId: match?.contactId ?? null,
  })
  if (row.problems.length > 0) return { act: 'leave', outcome: 'refused', reasons: row.problems, contactId: null }
  if (match?.blocked === true) return leave('blocked', 'blocked', 'The contact is blocked.')
  const { firstName, lastName, phone, email } = row.values
  const isSomebody = [firstName, lastName, phone, email].some(Boolean)
  if (match !== null && mode !== 'addAll')
    return mode === 'add'
      ? leave('skipped', 'is-there', 'The contact is there already.')
      : { act: 'update', contactId: match.contactId }
  if (mode === 'update') return leave('skipped', 'not-there', 'There is no such contact.')
  return isSomebody
    ? { act: 'add' }
    : {
        act: 'leave',
        outcome: 'refused',
        reasons: [{ path: 'row', reason: 'empty', message: 'The row has no name, phone or e-mail.' }],
        contactId: null,
      }
}
