import type { Reason, Suggestion } from '#contract/suggestion.ts'

type Shared = Extract<Reason, { holders: number }>

/** Are two values with this strength the same thing, not merely alike? */
export const isSame = (strength: string) => ['exact', 'repaired', 'unverified', 'other-reading'].includes(strength)

/** Tells whether a phone or an e-mail of a contact is one that another contact has too. */
export type Matches = (field: 'phone' | 'email', value: string | null) => boolean

/**
 * Which values of `contactId` the suggestions repeat. A reason may name the writing of a channel (`5215512345678`) where
 * the record has the number as it is dialled, so phones are compared by the digits that no spelling changes.
 */
export function findMatches(suggestions: readonly Suggestion[], contactId: number): Matches {
  const known = suggestions.flatMap(({ a, reasons }) => {
    const side = a.id === contactId ? 0 : 1
    return reasons
      .filter((reason): reason is Shared => reason.kind === 'phone' || reason.kind === 'email')
      .filter(({ strength }) => isSame(strength))
      .map(({ kind, values }) => ({ kind, writing: writingOf(kind, values[side]) }))
  })
  return (field, value) =>
    value !== null && known.some(({ kind, writing }) => kind === field && writing === writingOf(kind, value))
}

function writingOf(kind: string, value: string): string {
  return kind === 'email' ? value.trim().toLowerCase() : value.replaceAll(/\D/g, '').slice(-7)
}
