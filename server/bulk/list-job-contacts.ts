import { sql } from 'kysely'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import type { Failure } from './bulk-act.ts'
import { getJob } from './list-jobs.ts'
import type { ParsedInput } from './parsed-input.ts'

/** A page is so many batches. */
const batches = 4

interface JobContact {
  contactId: number
  reason: Failure['reason'] | null
  survivorId: number | null
}

/** The contacts of a job of which something is true, in the order in which it comes to them. */
export async function listJobContacts(
  context: ReadContext,
  { jobId, outcome, cursor }: ParsedInput<'contacts'>,
): Promise<{ items: JobContact[]; next: string | null }> {
  const { db, actor } = context
  const { workspaceId } = actor
  await getJob(context, { jobId })
  const list = JSON.stringify(['bulk contacts', workspaceId, jobId, outcome])
  const [after = '-1'] = readCursor(list, cursor) ?? []
  if (!/^-?\d{1,9}$/.test(after)) return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const which =
    outcome === 'left'
      ? sql`done_at is null`
      : outcome === 'failed'
        ? sql`failures <> '[]'::jsonb`
        : sql`done_at is not null`
  const { rows } = await sql<{ place: number; contact_ids: number[]; failures: Failure[] }>`
    select place, contact_ids, failures from bulk_batch
    where workspace_id = ${workspaceId} and job_id = ${jobId} and place > ${after}::integer and ${which}
    order by place limit ${batches + 1}`.execute(db)
  const shown = rows.slice(0, batches)
  return {
    items: shown.flatMap(({ contact_ids, failures }): readonly JobContact[] => {
      if (outcome === 'failed') return failures
      const failed = new Set(failures.map(({ contactId }) => contactId))
      return contact_ids
        .filter((id) => !failed.has(id))
        .map((contactId) => ({ contactId, reason: null, survivorId: null }))
    }),
    next: rows.length > batches ? writeCursor(list, [String(shown.at(-1)!.place)]) : null,
  }
}
