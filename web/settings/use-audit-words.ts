import { useLingui } from '@lingui/react/macro'
import type { AuditGroup, AuditKind } from '#contract/audit-words.ts'

/** What was done, in a few words without who. */
export function useAuditTitles(): Record<AuditKind, string> {
  const { t } = useLingui()
  return {
    memberInvited: t`Member invited`,
    invitationAccepted: t`Invitation accepted`,
    invitationRenewed: t`Invitation renewed`,
    invitationRevoked: t`Invitation withdrawn`,
    accessChanged: t`Access changed`,
    memberRenamed: t`Own name changed`,
    memberRemoved: t`Member removed`,
    teamCreated: t`Team created`,
    teamRenamed: t`Team renamed`,
    teamRemoved: t`Team deleted`,
    workspaceCreated: t`Workspace created`,
    workspaceChanged: t`Workspace settings changed`,
    sampleDataAdded: t`Sample data added`,
    channelConnected: t`Channel connected`,
    channelUpdated: t`Channel changed`,
    channelPaused: t`Channel paused`,
    channelResumed: t`Channel resumed`,
    channelReconnected: t`Channel reconnected`,
    channelRemoved: t`Channel deleted`,
    fieldCreated: t`Field created`,
    fieldEdited: t`Field changed`,
    fieldPlaced: t`Field arranged`,
    fieldRemoved: t`Field deleted`,
    stageCreated: t`Lifecycle stage created`,
    stageEdited: t`Lifecycle stage changed`,
    stageMoved: t`Lifecycle stage moved`,
    stageRemoved: t`Lifecycle stage deleted`,
    tagCreated: t`Tag created`,
    tagEdited: t`Tag changed`,
    tagMerged: t`Tag merged`,
    tagRemoved: t`Tag deleted`,
    segmentCreated: t`Segment created`,
    segmentEdited: t`Segment changed`,
    segmentRemoved: t`Segment deleted`,
    workflowCreated: t`Workflow created`,
    workflowRenamed: t`Workflow renamed`,
    workflowPublished: t`Workflow published`,
    workflowStopped: t`Workflow stopped`,
    workflowRunsStopped: t`Everybody taken out of a workflow`,
    workflowRemoved: t`Workflow deleted`,
    closingNoteAdded: t`Closing note created`,
    closingNoteEdited: t`Closing note changed`,
    closingNoteRemoved: t`Closing note deleted`,
    bulkJobStarted: t`Act on many contacts begun`,
    bulkJobCancelled: t`Act on many contacts cancelled`,
    exportDownloaded: t`Export downloaded`,
    importStarted: t`Import begun`,
    importCancelled: t`Import stopped`,
    importUndone: t`Import taken back`,
    valueBlocked: t`Called shared`,
    valueUnblocked: t`No longer called shared`,
    apiTokenCreated: t`API token created`,
    apiTokenRevoked: t`API token revoked`,
  }
}

/** What the trail can be narrowed to. */
export function useAuditGroups(): Record<AuditGroup, string> {
  const { t } = useLingui()
  return {
    members: t`Members`,
    teams: t`Teams`,
    workspace: t`Workspace`,
    channels: t`Channels`,
    fields: t`Contact fields`,
    lifecycle: t`Lifecycle`,
    tags: t`Tags`,
    segments: t`Segments`,
    workflows: t`Workflows`,
    closingNotes: t`Closing notes`,
    contacts: t`Contacts`,
    integrations: t`Integrations`,
  }
}
