import type { MergePlan } from '#contract/merging.ts'

type Planned = MergePlan['fields'][number]

/** Have two of the contacts values, and are they written differently? */
export function isToChoose({ options }: Planned): boolean {
  return new Set(options.flatMap(({ value }) => (value === null ? [] : [value]))).size > 1
}

/** What there is to choose first, then what stands as it is, whom it is assigned to last; what nobody has is left out. */
export function orderFields(fields: readonly Planned[]): Planned[] {
  const rank = (field: Planned) => (field.field === 'assignee' ? 2 : isToChoose(field) ? 0 : 1)
  return fields
    .filter(({ options }) => options.some(({ value }) => value !== null))
    .toSorted((one, other) => rank(one) - rank(other))
}
