import type { MergeEntry } from '#contract/merging.ts'

type Item = { kind: 'day'; day: string } | { kind: 'entry'; entry: MergeEntry }

/** A heading before the first entry of each day. `nameOf` names the day of a moment; entries come newest first. */
export function groupByDay(entries: readonly MergeEntry[], nameOf: (at: string) => string): Item[] {
  return entries.flatMap((entry, at): Item[] => {
    const day = nameOf(entry.at)
    const before = entries[at - 1]
    const isFirst = before === undefined || nameOf(before.at) !== day
    return [...(isFirst ? [{ kind: 'day' as const, day }] : []), { kind: 'entry', entry }]
  })
}
