/*
 * What kinds of activity there are, apart from their shapes: the screen needs these words and no schema library.
 */

/** Kinds of activity by what they are about; each kind stands in exactly one group. */
export const activityGroups = {
  details: ['contactCreated', 'fieldChanged', 'alternateRemoved'],
  tags: ['tagAdded', 'tagRemoved'],
  assignment: ['assigned', 'unassigned'],
  conversation: ['opened', 'closed', 'snoozed', 'unsnoozed'],
  channels: ['contactChannelAdded', 'contactChannelRemoved', 'contactChannelRestored', 'optedOut', 'optedIn'],
  duplicates: ['merged', 'unmerged', 'toldApart', 'toldApartUndone'],
  blocking: ['blocked', 'unblocked'],
  workflows: ['workflowStarted', 'workflowEnded'],
} as const

export type ActivityGroup = keyof typeof activityGroups
