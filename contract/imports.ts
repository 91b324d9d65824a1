import { z } from 'zod'
import { reads, writes } from './base.ts'
import { CustomKey } from './fields.ts'
import { importMatches, importModes, importOutcomes, importTargets } from './import-words.ts'
import { Cursor, Id, Limit, Timestamp, UiLanguage, page } from './primitives.ts'
import { TagName } from './tags.ts'

const Target = z.enum(importTargets).or(CustomKey)
const Counts = z.record(z.enum(importOutcomes), z.number().int())

export const ImportWish = z.object({
  /** What each column is read as, in the order of the file; null leaves it out. No target stands twice. */
  columns: z.array(Target.nullable()).min(1).max(520),
  /**
   * `add`: only who is not there yet; `update`: only who is; `both`; `addAll`: every row is a new contact, though it may be there.
   * Whoever is blocked is left as they are in every mode.
   */
  mode: z.enum(importModes).default('both'),
  /** By what a row is recognised as a contact that is there, the first that finds somebody counts. */
  matchBy: z.array(z.enum(importMatches)).max(3).default(['id', 'phone', 'email']),
  /** Of contacts that are there, only what is empty is filled. */
  keepExisting: z.boolean().default(false),
  /** Phones without a country code are read as the workspace's country's. */
  completePhones: z.boolean().default(true),
})
export type ImportWish = z.infer<typeof ImportWish>

export const ImportState = z.enum(['uploaded', 'running', 'done', 'cancelled', 'undoing', 'undone'])

export const Import = z.object({
  id: Id,
  fileName: z.string(),
  format: z.enum(['csv', 'vcard']),
  /** How the file was read. */
  encoding: z.string(),
  separator: z.string(),
  heads: z.array(z.string()),
  rows: z.number().int(),
  state: ImportState,
  done: z.number().int(),
  counts: Counts,
  /** Of an undo: contacts deleted, contacts put back, and rows left because somebody has worked on them since. */
  undone: z.object({ deleted: z.number().int(), restored: z.number().int(), kept: z.number().int() }).nullable(),
  by: z.string().nullable(),
  uploadedAt: Timestamp,
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
  /** A CSV with what became of each row and why, for whoever may import; null until it has ended, and 30 days after. */
  outcomeUrl: z.string().nullable(),
  canUndo: z.boolean(),
})
export type Import = z.infer<typeof Import>

export const ImportPlan = z.object({
  /** Counted up with each that is asked for. */
  number: z.number().int(),
  wish: ImportWish,
  rows: z.number().int(),
  /** Rows up to this one are judged. */
  done: z.number().int(),
  counts: Counts,
  endedAt: Timestamp.nullable(),
})
export type ImportPlan = z.infer<typeof ImportPlan>

export const PlannedRow = z.object({
  /** Where the row ends in the file. */
  line: z.number().int(),
  outcome: z.enum(importOutcomes),
  reasons: z.array(z.object({ path: z.string(), reason: z.string(), message: z.string() })),
  /** Whom it was recognised as. */
  contactId: Id.nullable(),
  cells: z.array(z.string()),
})
export type PlannedRow = z.infer<typeof PlannedRow>

const one = z.object({ importId: Id })

/** Files are handed in by `POST /imports`, one as multipart/form-data: a CSV or vCards, up to 200 000 rows and 50 MB. */
export const imports = {
  /** Newest first. */
  list: reads('contacts.import', '/imports')
    .input(z.object({ cursor: Cursor.nullish(), limit: Limit }))
    .output(page(Import)),
  /** With what its columns seem to be, and its first rows. */
  get: reads('contacts.import', '/imports/{importId}')
    .input(one)
    .output(Import.extend({ guess: z.array(Target.nullable()), sample: z.array(z.array(z.string())) })),
  /**
   * Judges in the background what would happen to every row, without doing it: each as those before it would leave things. What was
   * judged for another wish goes. The same wish again while it is being judged changes nothing. CONFLICT `started` where the import
   * has been.
   */
  plan: writes('contacts.import', '/imports/{importId}/plan')
    .input(one.extend({ wish: ImportWish }))
    .output(ImportPlan),
  /** What was asked for last, how far it is judged, and how many rows would come to what. */
  getPlan: reads('contacts.import', '/imports/{importId}/plan')
    .input(one)
    .output(z.object({ plan: ImportPlan.nullable() })),
  /** What would happen to each of the rows judged so far, those of one outcome or all, in the order of the file. */
  planned: reads('contacts.import', '/imports/{importId}/plan/rows')
    .input(
      one.extend({
        outcome: z.enum(importOutcomes).nullish(),
        /** `next` of the page before. */
        after: z.number().int().min(0).default(0),
        limit: Limit,
      }),
    )
    .output(z.object({ items: z.array(PlannedRow), next: z.number().int().nullable() })),
  /** Carries it out in the background. CONFLICT `started` where it has been. */
  start: writes('contacts.import', '/imports/{importId}/start')
    .input(
      one.extend({
        wish: ImportWish,
        /** Tags that all of its contacts get, beside one made for this import (`tagIt`). */
        tags: z.array(TagName).max(20).default([]),
        tagIt: z.boolean().default(true),
        /** Of the name of that tag. */
        language: UiLanguage.default('en'),
      }),
    )
    .output(Import),
  /** Stops it between two batches: what is done stays, and can be undone. Asking again changes nothing. */
  cancel: writes('contacts.import', '/imports/{importId}/cancel').input(one).output(Import),
  /**
   * Takes it back in the background: contacts that it added go, unless somebody has changed or written to them since; values that
   * it changed go back where they still stand. CONFLICT `not-done` before it has ended, and `too-late` after 30 days.
   */
  undo: writes('contacts.import', '/imports/{importId}/undo').input(one).output(Import),
}
