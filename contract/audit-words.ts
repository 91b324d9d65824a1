/*
 * What kinds of audit there are, apart from their shapes: the screen needs these words and no schema library.
 */

/** Kinds of what is done to a workspace, by what they are about; each kind stands in exactly one group. */
export const auditGroups = {
  members: [
    'memberInvited',
    'invitationAccepted',
    'invitationRenewed',
    'invitationRevoked',
    'accessChanged',
    'memberRenamed',
    'memberRemoved',
  ],
  teams: ['teamCreated', 'teamRenamed', 'teamRemoved'],
  workspace: ['workspaceCreated', 'workspaceChanged', 'sampleDataAdded'],
  channels: [
    'channelConnected',
    'channelUpdated',
    'channelPaused',
    'channelResumed',
    'channelReconnected',
    'channelRemoved',
  ],
  fields: ['fieldCreated', 'fieldEdited', 'fieldPlaced', 'fieldRemoved'],
  lifecycle: ['stageCreated', 'stageEdited', 'stageMoved', 'stageRemoved'],
  tags: ['tagCreated', 'tagEdited', 'tagMerged', 'tagRemoved'],
  segments: ['segmentCreated', 'segmentEdited', 'segmentRemoved'],
  workflows: [
    'workflowCreated',
    'workflowRenamed',
    'workflowPublished',
    'workflowStopped',
    'workflowRunsStopped',
    'workflowRemoved',
  ],
  closingNotes: ['closingNoteAdded', 'closingNoteEdited', 'closingNoteRemoved'],
  contacts: [
    'bulkJobStarted',
    'bulkJobCancelled',
    'exportDownloaded',
    'importStarted',
    'importCancelled',
    'importUndone',
    'valueBlocked',
    'valueUnblocked',
  ],
  integrations: ['apiTokenCreated', 'apiTokenRevoked'],
} as const

export type AuditGroup = keyof typeof auditGroups
export type AuditKind = (typeof auditGroups)[AuditGroup][number]
