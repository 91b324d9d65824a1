import type { MergeField, MergePlan } from '#contract/merging.ts'

/** One thing that is no longer as it was shown. */
export type Change =
  | { kind: 'value'; contact: string | null; field: MergeField; shown: string | null }
  | { kind: 'contacts' }
  | { kind: 'told-apart' }
  | { kind: 'moves' }
  | { kind: 'runs' }
  | { kind: 'opt-outs' }
  | { kind: 'other' }

/** What differs between the plan that was shown and the one that holds now; empty when they are the same. */
export function describeChanges(old: MergePlan, now: MergePlan): Change[] {
  if (old.fingerprint === now.fingerprint) return []
  const names = new Map([now.survivor, ...now.absorbed].map(({ id, displayName }) => [id, displayName]))
  if (idsOf(old) !== idsOf(now)) return [{ kind: 'contacts' }]
  const values = now.fields.flatMap(({ field, options }): Change[] => {
    const before = old.fields.find((one) => one.field === field)?.options ?? []
    return options
      .filter(({ contactId, value }) => before.find((one) => one.contactId === contactId)?.value !== value)
      .map(({ contactId, shown, value }) => ({
        kind: 'value',
        contact: names.get(contactId) ?? null,
        field,
        shown: shown ?? (value === null ? null : String(value)),
      }))
  })
  const toldApart: Change[] = now.toldApart.length > old.toldApart.length ? [{ kind: 'told-apart' }] : []
  const others = (
    [
      ['moves', old.moves, now.moves],
      ['runs', old.runsStopped, now.runsStopped],
      ['opt-outs', old.result.optOuts, now.result.optOuts],
    ] as const
  ).flatMap(([kind, before, after]): Change[] => (JSON.stringify(before) === JSON.stringify(after) ? [] : [{ kind }]))
  const changes = [...values, ...toldApart, ...others]
  return changes.length > 0 ? changes : [{ kind: 'other' }]
}

const idsOf = ({ survivor, absorbed }: MergePlan) =>
  [survivor, ...absorbed]
    .map(({ id }) => id)
    .toSorted((one, other) => one - other)
    .join()
