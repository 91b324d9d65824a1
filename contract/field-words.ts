/*
 * What fields are, apart from their shapes: the screen needs these words and no schema library.
 */
export const fieldTypes = ['text', 'list', 'checkbox', 'email', 'number', 'url', 'date', 'time'] as const

/** What every record has, in the order in which it stands until somebody arranges it otherwise. */
export const recordFields = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'country',
  'language',
  'lifecycle',
  'assignee',
  'status',
] as const

/** Of what every record has: what many may be given at once, beside the custom fields and the lifecycle. */
export const manyFields = ['country', 'language'] as const

/** What a list of contacts can be sorted by, beside the workspace's own fields. */
export const sorts = [
  'added',
  'name',
  'lastMessage',
  'email',
  'phone',
  'country',
  'language',
  'lifecycle',
  'status',
  'assignee',
] as const
