/*
 * What imports know, apart from shapes: the screen needs these words and no schema library.
 */
export const importModes = ['add', 'update', 'both', 'addAll'] as const
export const importMatches = ['id', 'phone', 'email'] as const
/** What became, or would become, of a row. */
export const importOutcomes = ['added', 'updated', 'unchanged', 'skipped', 'blocked', 'refused'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

/**
 * What a column may be read as, beside the workspace's own fields. `lifecycle`: a stage by its name; `assignee`: a member by e-mail or
 * by a name that only one has; `createdAt`: the day or moment at which a contact was made elsewhere, for those that the import adds.
 */
export const importTargets = [
  'id',
  'firstName',
  'lastName',
  'name',
  'phone',
  'email',
  'country',
  'language',
  'tags',
  'optOuts',
  'lifecycle',
  'assignee',
  'createdAt',
] as const
export type ImportTarget = (typeof importTargets)[number]

/** Of which column a reason speaks, as its place in the file; -1 where it speaks of the row. `values.phone`, `values.custom.12`, `id`. */
export function columnOfReason(path: string, columns: readonly (string | null)[]): number {
  const target = path.replace(/^values\.(?:custom\.#?(\d+)$)?/, (_all, id?: string) =>
    id === undefined ? '' : `#${id}`,
  )
  const at = columns.indexOf(target)
  return at === -1 && (target === 'firstName' || target === 'lastName') ? columns.indexOf('name') : at
}
