/*
 * What an export may hold, apart from its shape: the screen needs these words and no schema library.
 */
export const exportFormats = ['csv', 'vcard'] as const
export const separators = [',', ';', '\t'] as const

/** What every contact has, in the order in which it is offered. */
export const exportColumns = [
  'id',
  'firstName',
  'lastName',
  'name',
  'phone',
  'otherPhones',
  'email',
  'otherEmails',
  'country',
  'language',
  'tags',
  'assignee',
  'status',
  'lifecycle',
  'channels',
  'optOuts',
  'lastMessageAt',
  'createdAt',
] as const
export type ExportColumn = (typeof exportColumns)[number]
