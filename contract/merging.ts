import { z } from 'zod'
import { reads, writes } from './base.ts'
import { ChannelKind } from './channel-kind.ts'
import { ContactDetails, OptOut, ValueSource } from './contacts.ts'
import { errors } from './errors.ts'
import { CustomKey, FieldValue } from './fields.ts'
import { Cursor, Id, Limit, MessageId, Timestamp, page, text } from './primitives.ts'
import { ContactSummary, Reason } from './suggestion.ts'
import { Tag } from './tags.ts'

/** What somebody can choose in a merge: `#` and the number of a custom field, too. */
export const MergeField = z
  .enum(['firstName', 'lastName', 'email', 'phone', 'country', 'language', 'lifecycle', 'assignee'])
  .or(CustomKey)
export type MergeField = z.infer<typeof MergeField>

/** One contact's value for a field. */
export const MergeOption = z.object({
  contactId: Id,
  /** As stored; for `assignee` the member's id in digits, for `lifecycle` the stage's. */
  value: FieldValue.nullable(),
  /** For reading: the phone spaced, the member's name, the stage's; of a custom field its value as text. */
  shown: z.string().nullable(),
  source: ValueSource.nullable(),
  by: z.string().nullable(),
  at: Timestamp.nullable(),
})

export const PlannedField = z.object({
  field: MergeField,
  /** One per contact, the survivor's first. */
  options: z.array(MergeOption),
  /** Whose value stays; null where nobody has one. */
  chosen: Id.nullable(),
  /** Every value that is there means the same, though perhaps spelt differently. */
  same: z.boolean(),
})

/** Counted to 1 000 each. */
export const Moves = z.object({
  contactId: Id,
  channels: z.number().int(),
  conversations: z.number().int(),
  messages: z.number().int(),
  notes: z.number().int(),
})

/** That a contact was taken out of a workflow by a merge. Undoing it does not lead it back in. */
export const StoppedRun = z.object({ contactId: Id, workflowId: Id, name: z.string() })
export type StoppedRun = z.infer<typeof StoppedRun>

/** What a merge would do, and exactly what it will do as long as `fingerprint` is the same. */
export const MergePlan = z.object({
  fingerprint: z.string(),
  survivor: ContactSummary,
  absorbed: z.array(ContactSummary).min(1),
  fields: z.array(PlannedField),
  /** Values that are not kept as the primary one and stay as alternates. */
  alternates: z.object({ phones: z.array(z.string()), emails: z.array(z.string()) }),
  result: z.object({
    displayName: z.string().nullable(),
    pictureUrl: z.string().nullable(),
    channelKinds: z.array(ChannelKind),
    status: z.enum(['open', 'snoozed', 'closed']).nullable(),
    /** Those of all of them, the survivor's first. */
    tags: z.array(Tag),
    /** Where it will not be written to, because one of them does not want that, and who. */
    optOuts: z.array(OptOut.extend({ contactIds: z.array(Id).min(1) })),
  }),
  moves: z.array(Moves),
  /** What the absorbed are being led through, which ends; the survivor's goes on. By workflow's name. */
  runsStopped: z.array(StoppedRun),
  /** The evidence of the open suggestions among these contacts. */
  reasons: z.array(Reason),
  /** Pairs among them that somebody told apart; the merge forgets that. */
  toldApart: z.array(z.object({ a: Id, b: Id, by: z.string().nullable(), at: Timestamp })),
})
export type MergePlan = z.infer<typeof MergePlan>

const Wish = z.object({
  contactIds: z.array(Id).min(2).max(10),
  /** The oldest contact unless named. */
  survivorId: Id.optional(),
  /** Whose value stays, where it is not the survivor's, else the first other that has one. */
  picks: z.partialRecord(MergeField, Id).default({}),
})

export const MergeState = z.enum(['merged', 'undone'])

/** One merge in the history. */
export const MergeEntry = z.object({
  id: Id,
  survivor: ContactSummary.nullable(),
  survivorId: Id,
  survivorName: z.string().nullable(),
  absorbed: z.array(z.object({ contactId: Id, displayName: z.string().nullable() })),
  /** The evidence at the time; empty when the contacts were chosen by hand. */
  reasons: z.array(Reason),
  by: z.string().nullable(),
  at: Timestamp,
  state: MergeState,
  undoneBy: z.string().nullable(),
  undoneAt: Timestamp.nullable(),
  /** Per field what was discarded and what was kept, as text, where they differ; emptied when one of the contacts is deleted. */
  discarded: z.array(z.object({ field: MergeField, from: z.array(z.string()), to: z.string().nullable() })),
  moved: Moves.omit({ contactId: true }),
  /** What the absorbed were being led through then. */
  runsStopped: z.array(StoppedRun),
  channelKinds: z.array(ChannelKind),
  /** Why it can no longer be undone: one of its contacts was deleted for good. */
  final: z.boolean(),
})
export type MergeEntry = z.infer<typeof MergeEntry>

/** What undoing a merge brings back and what it leaves. */
export const UndoPlan = z.object({
  mergeId: Id,
  fingerprint: z.string(),
  survivor: ContactSummary,
  /** The contacts that will stand for themselves again, as they will read. */
  returning: z.array(
    z.object({
      contactId: Id,
      displayName: z.string().nullable(),
      channels: z.number().int(),
      /** Counted to 1 000. */
      messages: z.number().int(),
      /** Arrived for it since the merge. Counted to 1 000. */
      messagesSince: z.number().int(),
      opensConversation: z.boolean(),
      /** Where it will not be written to. */
      optOuts: z.array(OptOut),
    }),
  ),
  /** Where only others did not want to be written to: the survivor can be again. */
  optOutsGone: z.array(OptOut),
  /** The survivor's values that go back to what they were. */
  goesBack: z.array(z.object({ field: MergeField, from: z.string().nullable(), to: z.string().nullable() })),
  /** Values that a person changed after the merge: they stay with the survivor. */
  stays: z.array(
    z.object({ field: MergeField, value: z.string().nullable(), by: z.string().nullable(), at: Timestamp.nullable() }),
  ),
  /** Internal notes written meanwhile; they stay with the survivor unless handed over. At most 50, newest first. */
  notes: z.array(z.object({ messageId: MessageId, text: z.string(), by: z.string().nullable(), at: Timestamp })),
  /** Channels taken off while merged stay off. */
  channelsRemoved: z.array(z.object({ contactId: Id, kind: ChannelKind, address: z.string() })),
  /** Tags taken off while merged stay off, whoever had them: their names, at most 100. */
  tagsRemoved: z.array(z.string()),
  /** What the merge stopped, which does not begin again. */
  runsStopped: z.array(StoppedRun),
  /** Opted out while merged, which each of those it falls into stays. */
  staysOptedOut: z.array(OptOut),
  /** The contact is blocked, and each of those it falls into stays so. */
  staysBlocked: z.boolean(),
})
export type UndoPlan = z.infer<typeof UndoPlan>

/** The plan has changed since it was shown; here is the new one. */
const outdated = <Plan extends z.ZodType>(plan: Plan) => ({
  OUTDATED: {
    status: 409,
    message: 'These contacts changed meanwhile. Here is what would happen now.',
    data: z.object({ plan }),
  },
})

export const merging = {
  /**
   * What a merge would do. Nothing is changed. Refused with a reason (409): `same-contact`, `already-one`, `blocked`; to an
   * agent whom no suggestion helps (403): `not-suggested`.
   */
  plan: reads('merges.fromSuggestion', '/merges/plan')
    .errors({ CONFLICT: errors.CONFLICT })
    .input(Wish)
    .output(MergePlan),
  /**
   * Makes one contact of two or more. An agent may do it where a suggestion joins them; anyhow needs `merges.any`.
   * With the `fingerprint` of a plan it does what the plan said or answers OUTDATED with the new one.
   */
  merge: writes('merges.fromSuggestion', '/merges')
    .input(Wish.extend({ fingerprint: z.string().max(100).optional() }))
    .errors(outdated(MergePlan))
    .output(z.object({ mergeId: Id, contact: ContactDetails })),
  /** Refused with a reason (409): `undone`, `final`. */
  undoPlan: reads('merges.undoFromCallout', '/merges/{mergeId}/undo-plan')
    .errors({ CONFLICT: errors.CONFLICT })
    .input(z.object({ mergeId: Id }))
    .output(UndoPlan),
  /**
   * Takes one merge back, at any time and in any order. Whoever may not see the history may undo their own merge for an
   * hour. Repeating it changes nothing.
   */
  undo: writes('merges.undoFromCallout', '/merges/{mergeId}/undo')
    .input(
      z.object({
        mergeId: Id,
        fingerprint: z.string().max(100).optional(),
        /** Notes written meanwhile that go with a returning contact. */
        handOver: z
          .array(z.object({ messageId: MessageId, contactId: Id }))
          .max(50)
          .default([]),
      }),
    )
    .errors(outdated(UndoPlan))
    .output(z.object({ contacts: z.array(ContactDetails) })),
  /** Newest first; `q` finds names, ids and values of any contact involved. */
  history: reads('merges.history', '/merges')
    .input(
      z.object({
        q: text(200).optional(),
        memberId: Id.optional(),
        contactId: Id.optional(),
        state: MergeState.optional(),
        cursor: Cursor.nullish(),
        limit: Limit,
      }),
    )
    .output(page(MergeEntry)),
  /** How many there are, counted to 1 000. */
  counts: reads('merges.history', '/merges/counts').output(z.object({ merges: z.number().int() })),
}
