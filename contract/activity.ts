import { z } from 'zod'
import { activityGroups, type ActivityGroup } from './activity-words.ts'
import { reads } from './base.ts'
import { OptOut, ValueSource } from './contacts.ts'
import { CustomKey, FieldKey, FieldValue } from './fields.ts'
import { Cursor, Id, Limit, MessageId, Timestamp, page } from './primitives.ts'
import { runEnds } from './workflow-words.ts'

/** Names are those of then; a deleted contact's is null. */
const Named = z.object({ contactId: Id, name: z.string().nullable() })
const Person = z.object({ memberId: Id, name: z.string() })

/** Who did it. `system`: nobody in particular, such as a snooze that ended. */
const ActivityActor = z.object({
  type: z.enum(['member', 'api', 'contact', 'system', 'import', 'workflow']),
  /** Of the member, also where a token spoke for them. */
  memberId: Id.nullable(),
  /** Stays when the member is removed. */
  name: z.string().nullable(),
})

const event = <Kind extends string, Data extends z.ZodObject>(kind: Kind, data: Data) =>
  z.object({
    /** Its time in microseconds. */
    id: MessageId,
    at: Timestamp,
    /** Whom it happened to: of a merged contact, perhaps one it has absorbed. */
    contactId: Id,
    actor: ActivityActor,
    /** The line by which a value came. */
    channelName: z.string().nullable(),
    /** Phones of its data in international spacing, by E.164. */
    phones: z.record(z.string(), z.string()),
    kind: z.literal(kind),
    data,
  })

const linked = z.object({
  contactChannelId: Id,
  channelId: Id,
  channelName: z.string(),
  kind: z.string(),
  address: z.string(),
})
const tagged = z.object({ tagId: Id, name: z.string() })
const given = z.object({
  from: Person.nullable(),
  to: Person.nullable(),
  cause: z.literal('memberRemoved').optional(),
})

const optedOut = z.object({
  channelId: Id.nullable(),
  channelName: z.string().nullable(),
  reason: z.string().nullable(),
  /** It was about advertising only. */
  marketing: z.literal(true).optional(),
})

/** What happened to a contact: who, what, from → to, when. */
export const ActivityEvent = z.discriminatedUnion('kind', [
  event('contactCreated', z.object({ source: ValueSource, by: Id.nullable(), name: z.string().nullable() })),
  event(
    'fieldChanged',
    z.object({
      /** A standard field, `profileName`, or `#` and the number of a custom one. */
      field: z.string(),
      /** What a custom field was called then. */
      name: z.string().optional(),
      from: FieldValue.nullable(),
      to: FieldValue.nullable(),
      source: ValueSource,
      by: Id.nullable(),
    }),
  ),
  event(
    'alternateRemoved',
    z.object({
      field: z.enum(['phone', 'email']).or(CustomKey),
      /** What a custom field was called then. */
      name: z.string().optional(),
      value: FieldValue.nullable(),
    }),
  ),
  event('tagAdded', tagged),
  event('tagRemoved', tagged),
  event('assigned', given),
  event('unassigned', given),
  event('opened', z.object({ conversationId: Id, source: z.enum(['contact', 'member', 'api', 'echo', 'workflow']) })),
  event('closed', z.object({ conversationId: Id, category: z.string().nullable(), summary: z.string().nullable() })),
  event('snoozed', z.object({ from: Timestamp.nullable(), until: Timestamp })),
  event('unsnoozed', z.object({ cause: z.enum(['time', 'message', 'member', 'workflow']) })),
  event('contactChannelAdded', linked),
  event('contactChannelRemoved', linked),
  event('contactChannelRestored', linked),
  /** `absorbed` where it stands for others since, `into` where another stands for it. */
  event('merged', z.object({ mergeId: Id, absorbed: z.array(Named).optional(), into: Named.optional() })),
  /** `returned` where it gave others back, `outOf` where it stands for itself again. */
  event('unmerged', z.object({ mergeId: Id, returned: z.array(Named).optional(), outOf: Named.optional() })),
  /** Somebody has said that it is not the same person as that contact. */
  event('toldApart', z.object({ contactId: Id })),
  event('toldApartUndone', z.object({ contactId: Id })),
  event('workflowStarted', z.object({ workflowId: Id, runId: MessageId, name: z.string() })),
  event('workflowEnded', z.object({ workflowId: Id, runId: MessageId, name: z.string(), end: z.enum(runEnds) })),
  /** It does not want to be written to: by a channel, or by none (`channelId` null). */
  event('optedOut', optedOut.extend({ source: OptOut.shape.source })),
  event('optedIn', optedOut),
  event('blocked', z.object({ reason: z.string().nullable() })),
  /** `held`: how many messages had been held; `shown`: they were put into the thread. */
  event('unblocked', z.object({ held: z.number().int(), shown: z.boolean() })),
])
export type ActivityEvent = z.infer<typeof ActivityEvent>

export const activity = {
  /**
   * What happened to a contact and to all it has absorbed, newest first, for whoever sees its record. `field` leaves the changes of
   * one field: each value it has held since it was first changed.
   */
  ofContact: reads('contacts.view', '/contacts/{contactId}/activity')
    .input(
      z.object({
        contactId: Id,
        group: z.enum(Object.keys(activityGroups) as [ActivityGroup, ...ActivityGroup[]]).optional(),
        field: FieldKey.optional(),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(page(ActivityEvent)),
}
