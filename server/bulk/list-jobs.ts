import { sql } from 'kysely'
import type { BulkJob } from '#contract/bulk.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { loadJobs } from './load-jobs.ts'
import type { ParsedInput } from './parsed-input.ts'

/** One page of the workspace's jobs, newest first. */
export async function listJobs(
  { db, actor }: ReadContext,
  { kind, running, cursor, limit }: ParsedInput<'list'>,
): Promise<{ items: BulkJob[]; next: string | null }> {
  const { workspaceId } = actor
  const list = JSON.stringify(['bulk jobs', workspaceId, kind ?? '', running ?? ''])
  const [before] = readCursor(list, cursor) ?? []
  if (before !== undefined && !/^\d{1,15}$/.test(before))
    return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const only = kind === undefined ? sql`` : sql`and job.kind = ${kind}`
  const ended =
    running === undefined ? sql`` : running ? sql`and job.ended_at is null` : sql`and job.ended_at is not null`
  const after = before === undefined ? sql`` : sql`and job.id < ${before}::bigint`
  const jobs = await loadJobs(db, workspaceId, sql`true ${only} ${ended} ${after}`, limit + 1)
  const items = jobs.slice(0, limit)
  return { items, next: jobs.length > limit ? writeCursor(list, [String(items.at(-1)!.id)]) : null }
}

/** One job. */
export async function getJob({ db, actor }: ReadContext, { jobId }: ParsedInput<'get'>): Promise<BulkJob> {
  const [job] = await loadJobs(db, actor.workspaceId, sql`job.id = ${jobId}`)
  return job ?? fail('NOT_FOUND')
}
