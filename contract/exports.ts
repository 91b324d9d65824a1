import { z } from 'zod'
import { reads, writes } from './base.ts'
import { BulkJob } from './bulk.ts'
import { exportColumns, exportFormats, separators } from './export-words.ts'
import { CustomKey } from './fields.ts'
import { Selection } from './filter.ts'
import { Cursor, Id, Limit, Timestamp, UiLanguage, page } from './primitives.ts'

/** A value that every contact has, or `#` and the number of a custom field. */
const ExportColumn = z.enum(exportColumns).or(CustomKey)

export const Export = z.object({
  job: BulkJob,
  format: z.enum(exportFormats),
  /** Where the file is, for whoever may export; null while it is being written and once it is gone. */
  url: z.string().nullable(),
  /** Until when the file is kept. */
  keptUntil: Timestamp,
  /** Why the file is gone. `contactDeleted`: somebody who stood in it has been deleted. */
  gone: z.enum(['expired', 'cancelled', 'contactDeleted']).nullable(),
})
export type Export = z.infer<typeof Export>

const job = z.object({ jobId: Id })

export const exports = {
  /**
   * Writes contacts to a file in the background: a CSV (RFC 4180, UTF-8 with a byte order mark) with these columns in this
   * order, or vCards (4.0) with everything. Cells that a spreadsheet would take for a formula begin with `'`. The file is kept
   * for seven days, unless a contact in it is deleted before. CONFLICT `bulk-limit` for more contacts than the workspace allows.
   */
  start: writes('contacts.export', '/exports')
    .input(
      z.object({
        selection: Selection,
        format: z.enum(exportFormats),
        columns: z.array(ExportColumn).min(1).max(520).default(['id', 'firstName', 'lastName', 'phone', 'email']),
        /** Of the heads of the columns, and of the file's name. */
        language: UiLanguage.default('en'),
        separator: z.enum(separators).default(','),
      }),
    )
    .output(Export),
  /** Newest first. */
  list: reads('contacts.export', '/exports')
    .input(z.object({ cursor: Cursor.nullish(), limit: Limit }))
    .output(page(Export)),
  get: reads('contacts.export', '/exports/{jobId}').input(job).output(Export),
  /** Stops it between two batches; there will be no file. Asking again changes nothing. */
  cancel: writes('contacts.export', '/exports/{jobId}/cancel').input(job).output(Export),
}
