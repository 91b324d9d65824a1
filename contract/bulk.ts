import { z } from 'zod'
import { reads, writes } from './base.ts'
import { CustomKey, FieldValue } from './fields.ts'
import { manyFields } from './field-words.ts'
import { Selection } from './filter.ts'
import { Cursor, Id, Limit, Timestamp, page } from './primitives.ts'

/** Acts on many contacts at once. */
export const BulkKind = z.enum(['delete', 'export', 'tag', 'assign', 'lifecycle', 'field'])
export type BulkKind = z.infer<typeof BulkKind>

/** How the contacts were chosen, without anybody's name or value. */
export const Chosen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids') }),
  z.object({
    kind: z.literal('matching'),
    searched: z.boolean(),
    filtered: z.boolean(),
    segment: z.string().nullable(),
    /** How many were left out by hand. */
    except: z.number().int(),
  }),
  z.object({ kind: z.literal('everyone') }),
])
export type Chosen = z.infer<typeof Chosen>

/** `checking`: every contact is done, what was done is being looked over. `cancelled`: some were left as they were. */
export const BulkState = z.enum(['waiting', 'running', 'cancelling', 'checking', 'done', 'cancelled'])
export type BulkState = z.infer<typeof BulkState>

/**
 * Why it could not be done for a contact. `gone`: there was no such contact any more. `absorbed`: it had become part of another.
 * `too-many-tags`: it holds as many as a contact can. `not-there`: the tags, the member, the stage, the field or its option were
 * gone. `error`: see the log.
 */
export const BulkReason = z.enum(['gone', 'absorbed', 'too-many-tags', 'not-there', 'error'])
export type BulkReason = z.infer<typeof BulkReason>

export const BulkJob = z.object({
  id: Id,
  kind: BulkKind,
  state: BulkState,
  chosen: Chosen,
  /** Whom it is about, settled when it was asked for. */
  total: z.number().int(),
  done: z.number().int(),
  /** Contacts for which it could not be done; `bulk.contacts` says why. */
  failed: z.number().int(),
  batches: z.object({ total: z.number().int(), done: z.number().int() }),
  by: z.object({ memberId: Id, name: z.string() }).nullable(),
  askedAt: Timestamp,
  startedAt: Timestamp.nullable(),
  cancelledBy: z.string().nullable(),
  endedAt: Timestamp.nullable(),
  /**
   * At the end: how much was done, by kind of thing; for how many contacts it could not be done, by reason; and for how many kinds
   * of rows it was looked whether any is left.
   */
  result: z
    .object({
      counts: z.record(z.string(), z.number().int()),
      failures: z.partialRecord(BulkReason, z.number().int()),
      checked: z.object({ places: z.number().int(), left: z.number().int(), at: Timestamp }).nullable(),
    })
    .nullable(),
})
export type BulkJob = z.infer<typeof BulkJob>

/** A field that many contacts may hold the same in: nothing that they are called or reached by. */
const ManyField = z.enum(manyFields).or(CustomKey)

const job = z.object({ jobId: Id })

export const bulk = {
  /** Newest first. */
  list: reads('contacts.browse', '/bulk-jobs')
    .input(
      z.object({ kind: BulkKind.optional(), running: z.boolean().optional(), cursor: Cursor.nullish(), limit: Limit }),
    )
    .output(page(BulkJob)),
  get: reads('contacts.browse', '/bulk-jobs/{jobId}').input(job).output(BulkJob),
  /** Which contacts it has done, failed with, or not come to, by number. */
  contacts: reads('contacts.browse', '/bulk-jobs/{jobId}/contacts')
    .input(job.extend({ outcome: z.enum(['done', 'failed', 'left']), cursor: Cursor.nullish() }))
    .output(
      page(
        z.object({
          contactId: Id,
          reason: BulkReason.nullable(),
          /** Of which contact an `absorbed` one had become part. */
          survivorId: Id.nullable(),
        }),
      ),
    ),
  /**
   * Puts tags on all of a selection and takes others off, in the background. CONFLICT `bulk-limit` where the workspace tags fewer
   * at once (`Workspace.bulkLimit`).
   */
  tag: writes('contacts.browse', '/bulk-jobs/tag')
    .input(
      z.object({
        selection: Selection,
        add: z.array(Id).max(20).default([]),
        remove: z.array(Id).max(20).default([]),
      }),
    )
    .output(BulkJob),
  /** Gives all of a selection to a member, or to nobody, in the background. */
  assign: writes('contacts.browse', '/bulk-jobs/assign')
    .input(z.object({ selection: Selection, memberId: Id.nullable() }))
    .output(BulkJob),
  /** Puts all of a selection at a stage of the journey, or at none, in the background. */
  setStage: writes('contacts.browse', '/bulk-jobs/lifecycle')
    .input(z.object({ selection: Selection, stageId: Id.nullable() }))
    .output(BulkJob),
  /**
   * Gives all of a selection the same value, in the background; null or '' empties it. A value that the field does not take is
   * refused: `value`. `keepExisting`: whoever holds a value keeps it.
   */
  setField: writes('contacts.browse', '/bulk-jobs/field')
    .input(
      z.object({
        selection: Selection,
        field: ManyField,
        value: FieldValue.nullable(),
        keepExisting: z.boolean().default(false),
      }),
    )
    .output(BulkJob),
  /** Stops anything but a deletion or an export between two batches. Asking again changes nothing. */
  cancel: writes('contacts.browse', '/bulk-jobs/{jobId}/cancel').input(job).output(BulkJob),
}
