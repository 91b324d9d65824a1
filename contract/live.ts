import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { reads } from './base.ts'
import { Id, MessageId } from './primitives.ts'

/**
 * Something changed; the browser refetches what it shows of it. Only ids travel. `ready` comes first on each connection:
 * whoever was connected before refetches everything on it, so that a gap shows nothing stale.
 */
export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('contact'), contactId: Id, cause: z.string(), memberId: Id.nullable() }),
  z.object({
    type: z.literal('conversation'),
    contactId: Id,
    messageId: MessageId.nullable(),
    cause: z.enum(['message', 'status', 'note', 'assigned', 'opened', 'closed', 'snoozed', 'read']),
    memberId: Id.nullable(),
  }),
  z.object({ type: z.literal('channel'), channelId: Id }),
  z.object({ type: z.literal('members') }),
  z.object({ type: z.literal('tags') }),
  z.object({ type: z.literal('fields') }),
  z.object({ type: z.literal('lifecycle') }),
  z.object({ type: z.literal('bulk'), jobId: Id }),
  z.object({ type: z.literal('import'), importId: Id }),
  z.object({ type: z.literal('importPlan'), importId: Id }),
  /** The member's own. */
  z.object({ type: z.literal('notifications') }),
  z.object({ type: z.literal('segments') }),
  /** A workflow is another, or who is in it; null: several are, or others may be started. */
  z.object({ type: z.literal('workflows'), workflowId: Id.nullable() }),
  z.object({ type: z.literal('workspace') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

export const live = {
  watch: reads('workspace.view', '/live').output(eventIterator(LiveEvent)),
}
