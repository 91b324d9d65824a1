/*
 * What imports know, apart from shapes: the screen needs these words and no schema library.
 */
export const importModes = ['add', 'update', 'both', 'addAll'] as const
export const importMatches = ['id', 'phone', 'email'] as const
/** What became, or would become, of a row. */
export const importOutcomes = ['added', 'updated', 'unchanged', 'skipped', 'blocked', 'refused'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

/** What a column may be read as, beside the workspace's own fields. */
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
] as const
export type ImportTarget = (typeof importTargets)[number]
