import { blockingRoutes } from './blocking/routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { channelRoutes } from './channels/routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { contactChannelRoutes, conversationRoutes } from './conversations/routes.ts'
import { dashboardRoutes } from './dashboard/routes.ts'
import { deletionRoutes } from './deletion/routes.ts'
import { duplicateRoutes } from './duplicates/routes.ts'
import { activityRoutes, auditRoutes } from './history/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { forMember } from './http/endpoint.ts'
import { watchLive } from './http/watch-live.ts'
import { accountRoutes, apiTokenRoutes, invitationRoutes, memberRoutes, teamRoutes } from './members/routes.ts'
import { mergingRoutes } from './merging/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { optOutRoutes } from './opt-outs/routes.ts'
import { segmentRoutes } from './segments/routes.ts'
import { tagRoutes } from './tags/routes.ts'
import { fieldRoutes } from './fields/routes.ts'
import { lifecycleRoutes } from './lifecycle/routes.ts'
import { usageRoutes } from './usage/routes.ts'
import { workflowRoutes } from './workflows/routes.ts'
import { workspaceRoutes } from './workspaces/routes.ts'

/** Every endpoint of the contract, bound to its act. */
export const router = {
  account: accountRoutes,
  workspaces: workspaceRoutes,
  members: memberRoutes,
  invitations: invitationRoutes,
  apiTokens: apiTokenRoutes,
  teams: teamRoutes,
  tags: tagRoutes,
  fields: fieldRoutes,
  lifecycle: lifecycleRoutes,
  contacts: contactRoutes,
  segments: segmentRoutes,
  contactChannels: contactChannelRoutes,
  conversations: conversationRoutes,
  channels: channelRoutes,
  duplicates: duplicateRoutes,
  optOuts: optOutRoutes,
  blocking: blockingRoutes,
  merging: mergingRoutes,
  bulk: bulkRoutes,
  exports: exportRoutes,
  imports: importRoutes,
  deletion: deletionRoutes,
  dashboard: dashboardRoutes,
  usage: usageRoutes,
  activity: activityRoutes,
  audit: auditRoutes,
  notifications: notificationRoutes,
  workflows: workflowRoutes,
  live: { watch: forMember.live.watch.handler(watchLive) },
}
