/** The slices of the server, each importing only those before it. */
export const sliceOrder = [
  'identity',
  'activity',
  'files',
  'workspaces',
  'members',
  'contacts',
  'channels',
  'conversations',
  'sample',
] as const
