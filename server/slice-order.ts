/** The slices of the server, each importing only those before it. */
export const sliceOrder = [
  'identity',
  'activity',
  'files',
  'workspaces',
  'members',
  'tags',
  'fields',
  'contacts',
  'segments',
  'channels',
  'conversations',
  'duplicates',
  'blocking',
  'merging',
  'sample',
] as const
